"""Decisions about notices, consents, holds and certificates: on values alone."""
