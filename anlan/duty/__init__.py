"""Duty (值班): the daily telephone roll call of the units that answer to one another on three levels."""
