"""Decisions about a case: pure. Each takes the case, what is asked, who asks and when."""
