"""The forms, each declared once: rows, columns, cadence."""

from anlan.figures.reports.shape import Form
from anlan.figures.reports.tables.t1 import T1

FORMS: dict[str, Form] = {f.code: f for f in (T1,)}
