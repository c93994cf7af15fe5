"""Campaigns (集中行动): phases, leading group, plans issued and refined, groups and their rosters, leaders in the
field, four questions and four checks.

Start with workflow.py. A campaign is a lens over records that others keep: what lies in its period, places,
sectors and sources belongs to it, beside what was tagged by hand; figures stand above this module and reach its
pages through site. A group is an organisation (same key): the positions of its members follow the membership
(following.py), and the scope reads positions alone.
Law: 安全生产法 arts. 9, 62; domain.md 6.1–6.3.
"""
