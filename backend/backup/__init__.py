"""`xunfang backup` and `xunfang restore`: one moment of the house in a folder, and a house from it.

Promises
- A backup is one moment: the database as of a snapshot, and every photo that this snapshot counts
  on. Whoever works meanwhile is not stopped.
- A backup that was interrupted is never taken for one: it gets its name as the last act, after it
  was read again from the disk, the database opened, its chain followed and each photo hashed.
- `durable` moves only after that, so a phone that forgets what it sent forgets nothing that the
  next restore would lack.
- A restored house begins another history of versions (epoch); phones offer again what they hold.
- What was erased stays erased as far as it is known: see `repeating`.

Against: a kill at any point (named in `journal.failpoints`), a full disk, a folder that another
house uses, two backups at once, bytes that decay in the folder (the next backup mends them from
the store), a history that somebody rewrote (the last backup remembers the chain).

It does not hold what is on its way (uploads in staging: phones still have them) nor the house's
key, which would open to the holder of a backup what it protects. And whoever can write to the
folder can write another backup: keep the printed digest elsewhere.
"""

from backend.backup.failing import CopyFailed
from backend.backup.restoring import Restored, restore
from backend.backup.taking import KEEP, Taken, take
from backend.backup.telling import write_erasures

__all__ = ["KEEP", "CopyFailed", "Restored", "Taken", "restore", "take", "write_erasures"]
