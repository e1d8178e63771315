"""Notices and where they go: a person's inbox with its choices, their e-mail, and targets outside
(a webhook, a group's robot). Whatever leaves the house says what happened, where and in which line,
and links to the record; it names nobody and quotes nothing.
"""
