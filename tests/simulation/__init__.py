"""Worlds made from a seed: phones, a network that fails, clocks that lie, people who change posts.

The server is the real application, called in process; time, order and chance belong to the world.
A run is its seed: the same one gives the same requests, rows and hashes in every process. When an
invariant breaks, events are dropped until only the needed ones are left, and one line says how to
see it again.

Two kinds of phone play. `engine` is the product's own (pwa/src/sync and foundation under Node, its
store, clock, network and chance in the world's hands); `light` is a small one written in Python for
numbers of seeds. By default every world has the product's engine on one phone at least, and on all
of them in every fourth world.

Read in this order: `plan` (what will happen), `world` (lets it happen), `truth`, `invariants` and
`oracle` (what must hold). Of a phone: `device`; then `light`, `local`, `drain`; or `engine`,
`deeds`, `mishaps`, `keep`, `engines`, `node`.
"""
