"""Where rows live: one `Database` for two engines, a unit of work, and rows as frozen Structs.

SQLite is the embedded default: one writing connection behind an in-process lock, WAL, IMMEDIATE,
`synchronous=FULL` because an acknowledgement is a promise. PostgreSQL is the same code with a pool.
Piccolo describes the tables and makes the migrations; statements run on our own connections,
because its stock SQLite engine opens one per statement and knows neither WAL nor IMMEDIATE.
"""
