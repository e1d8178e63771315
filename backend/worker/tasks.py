"""What the worker can do, by the name that jobs are queued under."""

from backend.foundation.evidence.erasing import ERASE
from backend.foundation.evidence.handlers import EXAMINE
from backend.foundation.exports.handlers import MAKE
from backend.worker.erasing import erase
from backend.worker.exports import make
from backend.worker.loop import Task
from backend.worker.photos import examine

TASKS: dict[str, Task] = {EXAMINE: examine, ERASE: erase, MAKE: make}
