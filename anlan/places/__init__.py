"""The city as it is divided, and the days on which it works.

A place lies in one statistical region (national code) and answers to one management unit (sixteen in
Zhengzhou: four zones overlap districts). Counts by region and by unit each add up, not to each other.
Start reading at models.py, then queries.py.
"""
