"""Rectifications (整改): one case for each finding, from its first day to its closing.

A case is opened when a round is submitted (at once for danger), given to an owner with a due day
in working days, put right, reported with an after photo, and closed (销号) by somebody who did
not make the fix. A fix made on the spot is born closed, with its two photos, and still counts.
"""
