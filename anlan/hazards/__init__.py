"""The closed loop of a hazard (隐患): found, registered, graded, handed over, rectified, accepted, written off.

Start with workflow.py, one table from which permission, buttons, journal, API and documentation
follow; rules.py holds what the law and the field ask, with the article; commands/ has one function
per act. The four lists, lateness and every figure are reads. Law: 安全生产法 arts. 41, 46, 65.
"""
