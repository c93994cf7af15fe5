"""Bulletins (通报、简报、战报): drawn from the figures, signed by a second person, numbered, frozen.

Start with `paragraph` for what the field says in which order, `drawing` for a whole bulletin, `workflow` for its life
and `restating` for how a correction shows.
"""
