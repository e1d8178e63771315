"""Xunfang: offline field inspections and community outreach for a bank branch network."""
