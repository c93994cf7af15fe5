"""Reports that a county files upward (报表 T1–T8): counted from the records, frozen, signed, filed.

A form is declared once (tables/): each column an indicator, each row a narrowing. Numbers that the system cannot
see are entered by hand and marked so. Freezing keeps the table word for word with its hash; what the records say
later shows beside it. Start with workflow.py; filling.py counts, sheet.py lays a table out as the form has it.
Law: 安全生产法 arts. 8, 62; forms in use: domain.md 3.7.
"""
