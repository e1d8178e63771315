"""What features stand on. A higher package may use a lower one, never the other way round.

privacy > checklists > exports > evidence > identity > organisation > journal > database >
documents > kernel
"""
