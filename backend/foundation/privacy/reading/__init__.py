"""What the data-protection officer reads: register, withdrawals, due dates, certificates, holds.

Everything here is for the officer alone: whoever calls it asks `require_officer` first.
"""
