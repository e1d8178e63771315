"""Checklists: the standard that a round is judged by, and the sheet on which it is judged.

A *template version* is immutable and named by the digest of its content: a round filled in two
years ago still shows the wording and the points of that day. An *answer sheet* is one register
per item, so two phones never overwrite each other's other answers. Conditions, demands, scoring
and the manifest are pure; the phone carries the same functions in TypeScript, and one set of case
files judges both.
"""
