"""Lists taken out of the house as files: ordered by a command, made by the worker, kept for a day.

An order is a record of whoever gave it, so it can be given without signal, and how far it has come
is seen like anything else. Who took which list when is in the chain. The file holds only what the
person could see when it was made, and is handed out only to them, for as long as they see the same.
"""
