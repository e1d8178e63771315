"""Writes the tables of the access matrix anew: `make access`."""

import logging
import tempfile
from pathlib import Path

from tests.access import rules, tables
from tests.access.seen import seen_on
from tests.access.standing import build

logging.disable(logging.INFO)
with tempfile.TemporaryDirectory() as folder:
    seen = seen_on(build(f"sqlite:///{folder}/bank.db", Path(folder)))
tables.write(tables.tables(seen))
for complaint in rules.everything(seen):
    print(complaint)
