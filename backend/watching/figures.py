"""What Prometheus is told. One process counts for itself: a server is one process, so nothing has
to be added up between several, and Prometheus asks each of them.

Labels are few and bounded: routes as they are declared (never paths with ids), kinds of tasks,
outcomes. A label that people could fill would grow without end, and tell who did what.
"""

from prometheus_client import Counter, Gauge, Histogram

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)

REQUESTS = Counter("xunfang_requests", "Answered calls.", ["method", "route", "status"])
REQUEST_SECONDS = Histogram(
    "xunfang_request_seconds",
    "From the first byte of a call to the end of its answer; live streams are left out.",
    ["method", "route"],
    buckets=_SECONDS,
)
REQUESTS_OPEN = Gauge("xunfang_requests_open", "Calls being answered, live streams among them.")
STREAMS = Gauge("xunfang_streams_open", "Phones that hear of changes at once.")
BATCH_COMMANDS = Histogram(
    "xunfang_push_batch_commands",
    "Commands that came in one push.",
    buckets=(0, 1, 2, 5, 10, 25, 50, 100),
)
VERDICTS = Counter("xunfang_verdicts", "Commands by what became of them.", ["verdict"])
FEED_LAG_SECONDS = Histogram(
    "xunfang_feed_lag_seconds",
    "From a commit, here or in another process, until the phones with a live stream were told.",
    buckets=(0.05, 0.1, 0.2, 0.3, 0.5, 1, 2, 5, 30),
)
STORE_SECONDS = Histogram(
    "xunfang_store_seconds",
    "Calls of the object store; `failed` are those after which nobody knows what happened.",
    ["call", "outcome"],
    buckets=_SECONDS,
)
TASK_SECONDS = Histogram(
    "xunfang_task_seconds", "Tasks of the worker.", ["kind", "outcome"], buckets=_SECONDS
)
JOBS = Gauge("xunfang_jobs", "Tasks that are not done, in the whole house.", ["kind", "state"])
OLDEST_JOB_SECONDS = Gauge(
    "xunfang_oldest_job_seconds", "Age of the oldest task that is not done.", ["kind"]
)
CONNECTIONS = Gauge("xunfang_database_connections", "Of this process's pool.", ["state"])
READY = Gauge("xunfang_ready", "1 while this server can do its work, as /readyz last found.")
LOOKED_AT = Gauge(
    "xunfang_looked_at_seconds",
    "When the queue was last looked at, in seconds since 1970. Old: the figures above are too.",
)
