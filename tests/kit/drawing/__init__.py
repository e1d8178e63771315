"""Draws the demo's pictures: muted scenes of bank outlets, nobody's photograph."""
