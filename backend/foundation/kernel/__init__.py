"""The pure floor: actors, moments, ids, refusals, state machines, canonical JSON, limits."""
