"""Worlds made from a seed: phones, a network that fails, clocks that lie, people who change posts.

The server is the real application, called in process; time, order and chance belong to the world.
A run is its seed. When an invariant breaks, the events are dropped until only the needed ones are
left, and one line says how to see it again.

Read in this order: `plan` (what will happen), `world` (lets it happen), `truth` and `invariants`
(what must hold). `phone` is a small phone written for speed; `engine` drives the product's own.
"""
