"""Every call of the API that is not a feature's own view."""

from backend.api import (
    account,
    blobs,
    evidence,
    notices,
    privacy,
    results,
    templates,
    uploads,
)
from backend.api.sync.escrow import escrow
from backend.api.sync.hello import hello
from backend.api.sync.poke import poke
from backend.api.sync.pull import pull
from backend.api.sync.push import push

ROUTES = (
    hello,
    push,
    pull,
    escrow,
    poke,
    *account.ROUTES,
    *blobs.ROUTES,
    *uploads.ROUTES,
    *evidence.ROUTES,
    *notices.ROUTES,
    *privacy.ROUTES,
    *results.ROUTES,
    *templates.ROUTES,
)
