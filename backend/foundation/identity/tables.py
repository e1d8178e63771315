"""Where people, posts, devices and sessions are kept.

The first five tables are written by the journal alone. The others hold no record that a phone
receives; `devices`, `sessions` and `throttle` write them directly, and the journal what an
administrator orders: a device's state, the end of its sessions.
"""

from piccolo.columns import BigInt, Boolean, Text
from piccolo.table import Table

from backend.foundation.database.rows import Rows
from backend.foundation.identity.model import (
    Credential,
    Deputyship,
    Device,
    Person,
    Pin,
    Post,
    Session,
)


class PersonTable(Table, tablename="person"):
    """Everybody who can sign in."""

    id = Text(primary_key=True)
    username = Text(unique=True)
    name = Text()
    active = Boolean()


class PostTable(Table, tablename="post"):
    """Posts held, now or later. A post that ended at once is gone; the journal remembers it."""

    id = Text(primary_key=True)
    person = Text(index=True)
    role = Text()
    unit = Text(null=True, default=None)
    outlet = Text(null=True, default=None, index=True)
    line = Text(null=True, default=None)
    title = Text()
    held_from = Text()
    held_to = Text(null=True, default=None)


class CredentialTable(Table, tablename="credential"):
    """Argon2 hashes, apart from people so that no read of people carries one along."""

    id = Text(primary_key=True)  # the person's id
    password_hash = Text()
    set_at = Text()
    one_time_until = Text(null=True, default=None)


class PinTable(Table, tablename="pin"):
    """PINs for signing in on a colleague's phone."""

    id = Text(primary_key=True)  # the person's id
    pin_hash = Text()
    salt = Text()
    iterations = BigInt()
    check_bits = BigInt()
    set_at = Text()
    before_hash = Text(null=True, default=None)
    before_until = Text(null=True, default=None)


class DeputyTable(Table, tablename="deputy"):
    """Who decides for whom, now, once or later. None is ever removed: late work is judged by it."""

    id = Text(primary_key=True)
    person = Text(index=True)
    deputy = Text(index=True)
    first_day = Text()
    last_day = Text()
    reason = Text()
    appointed_by = Text()
    appointed_at = Text()
    ended_by = Text(null=True, default=None)
    ended_at = Text(null=True, default=None)


class DeviceTable(Table, tablename="device"):
    """Installations of the app. The id is made on the device."""

    id = Text(primary_key=True)
    name = Text()
    state = Text()
    first_seen_at = Text()
    state_reason = Text(null=True, default=None)
    state_by = Text(null=True, default=None)
    state_at = Text(null=True, default=None)
    erased_at = Text(null=True, default=None)
    erased_unsent = BigInt(null=True, default=None)


class DeviceContactTable(Table, tablename="device_contact"):
    """One person on one device: last contact, what it said it still holds, delegated upload."""

    id = Text(primary_key=True)  # device:person
    device = Text(index=True)
    person = Text(index=True)
    last_contact_at = Text()
    unsent_commands = BigInt()
    unsent_photos = BigInt()
    unsent_bytes = BigInt()
    oldest_at = Text(null=True, default=None)
    build = BigInt()
    persisted = Boolean()
    installed = Boolean()
    free_bytes = BigInt()
    upload_until = Text(null=True, default=None)


class SessionTable(Table, tablename="session"):
    """Sign-ins. The id is the SHA-256 of the token; the token itself is kept nowhere."""

    id = Text(primary_key=True)
    person = Text(index=True)
    device = Text(index=True)
    created_at = Text()
    expires_at = Text(index=True)


class SignInTriesTable(Table, tablename="sign_in_tries"):
    """Failed sign-ins in a row, by user name, known device and address."""

    id = Text(primary_key=True)  # kind:key
    failures = BigInt()
    last_at = Text(index=True)


class AccessVersionTable(Table, tablename="access_version"):
    """One row, counted up whenever a session ends or a device changes state."""

    id = Text(primary_key=True)
    version = BigInt()


PEOPLE = Rows(PersonTable, Person)
POSTS = Rows(PostTable, Post)
CREDENTIALS = Rows(CredentialTable, Credential)
PINS = Rows(PinTable, Pin)
DEPUTIES = Rows(DeputyTable, Deputyship)
DEVICES = Rows(DeviceTable, Device)
SESSIONS = Rows(SessionTable, Session)
TABLES = (
    PersonTable,
    PostTable,
    CredentialTable,
    PinTable,
    DeputyTable,
    DeviceTable,
    DeviceContactTable,
    SessionTable,
    SignInTriesTable,
    AccessVersionTable,
)
