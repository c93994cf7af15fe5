"""Dates as a paper writes them, whatever the language of the screen: `{% load paper %}`."""

from datetime import date

from django import template

from anlan.enforcement.sheets import chinese_date

register = template.Library()


@register.filter
def paper_day(value: str) -> str:
    """2019年10月8日 for 2019-10-08."""
    return chinese_date(date.fromisoformat(value)) if value else ""
