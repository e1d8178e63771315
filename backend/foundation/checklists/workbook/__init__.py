"""A checklist as a workbook that a secretary fills in, and back again without loss.

Five tabs: the checklist itself, its sections, its items, their choices and deductions, and what
answers demand. Tabs name items by key or number. Whatever cannot be read is told by tab, row and
column; whatever is only unfinished (an English text that is missing) comes into the draft, where
the editor says so.
"""
