"""What features stand on. A higher package may use a lower one, never the other way round.

privacy > checklists > saved_views > exports > evidence > notices > identity > organisation >
journal > database > documents > kernel
"""
