"""Figures, not verdicts: how fast and how small, other people's servers beside ours in one run."""
