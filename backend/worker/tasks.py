"""What the worker can do, by the name that jobs are queued under."""

from backend.worker.loop import Task

TASKS: dict[str, Task] = {}
