"""Inspections (巡): a round is one person's visit to one outlet with one checklist.

A round is assigned with a window, or started without one. Its answers, photos and findings live in
its sheet until it is submitted; from then on nothing in the sheet moves, and what is put right
later stands beside it with its reason.
"""
