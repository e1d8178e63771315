"""Decisions about a round: pure. Each takes the round, what is asked, who asks and when."""
