"""Law as dated data: sectors, sources, categories, terms, legal bases, criteria of major hazards.

What was in force on a day can be asked of every row. Numbers that could not be confirmed carry a mark
and can be changed without a release. Start reading at models.py; the tables themselves are in data/.
"""
