"""Visits as rules think of them and as they lie in tables. Only `parts` hold anything personal."""
