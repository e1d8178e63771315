"""Decisions about visits: pure. Each takes the record, what is asked, who asks and when."""
