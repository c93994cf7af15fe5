"""A county's own .xlsx with codes of indicators in its cells, given back filled and otherwise untouched.

`{{found}}`, `{{found|sector=FIRE}}`, `{{found|place=410103|grade=MAJOR}}`, `{{found_general + found_major}}`,
`{{B3 / B4}}`: expressions.py reads them, filling.py asks for the figures, book.py writes them into the file in a
process of its own, where a file from outside can do no harm.
"""
