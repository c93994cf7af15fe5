"""Visits (检查): enterprise self-check, expert service, government check, each answering one checklist.

Start with workflow.py; rules.py holds what the law asks of who looks (credentials, authorisation, record).
What is found becomes hazards in one go through an event that site/reactions.py hears, for hazards stand
above this module. A covert plan is veiled from all but its group until the visit is filed.
Law: 安全生产法 arts. 62, 65, 67, 68.
"""
