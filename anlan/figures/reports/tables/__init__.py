"""The forms, each declared once: rows, columns, cadence."""

from anlan.figures.reports.shape import Form
from anlan.figures.reports.tables.by_place import T7, T8
from anlan.figures.reports.tables.t1 import T1
from anlan.figures.reports.tables.t2 import T2
from anlan.figures.reports.tables.t5 import T5
from anlan.figures.reports.tables.t6 import T6
from anlan.figures.reports.tables.weekly import T3, T4

FORMS: dict[str, Form] = {f.code: f for f in (T1, T2, T3, T4, T5, T6, T7, T8)}
