"""Every limit, with its reason beside it. Loops, queues, batches, strings and photos have one."""

BATCH_COMMANDS_MAX = 100  # a phone after a week underground drains in a few answers
BATCH_BYTES_MAX = 256 * 1024  # about 30 s on 2G one way; above it the phone halves
ESCROW_BYTES_MAX = 512 * 1024  # one command that the phone could not make us parse
PUSH_ATTEMPTS_MAX = 5  # serialisation failures before the phone is asked to come back
PULL_ROWS_MAX = 500  # one local transaction on a cheap phone stays below 100 ms
PULL_BYTES_MAX = 1024 * 1024
PULL_SCOPES_MAX = 2000  # a manager of 200 outlets in 7 lines
NEED_BLOBS_MAX = 200
BLOB_BYTES_MAX = 20 * 1024 * 1024  # a 48-megapixel original; RULINGS name one limit
PHOTO_PIXELS_MAX = 64_000_000  # decodes within the child's memory limit
PHOTOS_PER_ITEM_MAX = 20  # more is a folder, not evidence of one item
UPLOAD_LIFE_SECONDS = 7 * 24 * 3600  # an outlet closed over a holiday week
TEXT_MAX = 2000  # a note that is still read; longer belongs into a document
NAME_MAX = 120
CODE_MAX = 64
ITEMS_MAX = 400  # items of one template
CHOICES_MAX = 60
PAGE_ROWS_MAX = 200  # console lists
CLOCK_SUSPECT_OFFSET_MS = 5 * 60 * 1000  # people notice a clock that is five minutes off
CLOCK_SUSPECT_AGE_SECONDS = 24 * 3600  # crystal drift stays below a second or two a day
SESSION_LIFE_SECONDS = 90 * 24 * 3600  # sliding; an outreach season between two signals
ARGON_AT_ONCE_MAX = 2  # 64 MiB and 200 ms of processor each: more is a way to stop the server
REQUEST_BYTES_MAX = 1024 * 1024  # every JSON body; uploads have their own
