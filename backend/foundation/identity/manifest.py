"""Identity, as the house knows it."""

from backend.foundation.identity import (
    brought_problems,
    commands,
    deputies,
    deputy_problems,
    facts,
    feed,
    handlers,
    notices,
    problems,
    stopping,
    tables,
)
from backend.foundation.journal.manifest import Command, Kind, Manifest
from backend.foundation.journal.purpose import Purpose

MANIFEST = Manifest(
    name="identity",
    tables=tables.TABLES,
    commands=(
        Command("identity.add_person", commands.AddPerson, handlers.add_person),
        Command("identity.change_person", commands.ChangePerson, handlers.change_person),
        Command("identity.hold_post", commands.HoldPost, handlers.hold_post),
        Command("identity.leave_post", commands.LeavePost, handlers.leave_post),
        Command("identity.suspend_person", commands.SuspendPerson, handlers.suspend_person),
        Command("identity.restore_person", commands.RestorePerson, handlers.restore_person),
        Command("identity.set_password", commands.SetPassword, handlers.set_password),
        Command("identity.set_pin", commands.SetPin, handlers.set_pin),
        Command("identity.reset_pin", commands.ResetPin, handlers.reset_pin),
        Command("identity.appoint_deputy", commands.AppointDeputy, deputies.appoint),
        Command("identity.end_deputy", commands.EndDeputy, deputies.end),
        Command("identity.hand_over_work", commands.HandOverWork, handlers.hand_over_work),
        Command("identity.set_device_state", commands.SetDeviceState, stopping.set_device_state),
        Command("identity.end_sessions", commands.EndSessions, stopping.end_sessions),
        Command("identity.confirm_erased", commands.ConfirmErased, stopping.confirm_erased),
    ),
    facts=facts.ALL,
    kinds=(
        Kind("person", feed.person),
        Kind("pin", feed.pin),
        Kind("deputy", feed.deputy),
    ),
    problems=(*problems.ALL, *brought_problems.ALL, *deputy_problems.ALL),
    notices=notices.ALL,
    personal=(
        Purpose(
            "identity.names",
            (
                "PersonAdded.name",
                "PersonAdded.username",
                "PersonChanged.name",
                "PersonChanged.username",
                "person.name",
                "person.username",
            ),
            "contract",
            "staff_directory",
            "说明由谁经办",
            "Saying which member of staff did what",
        ),
        Purpose(
            "identity.suspensions",
            ("PersonSuspended.reason", "DeviceStateSet.reason", "SessionsEnded.reason"),
            "contract",
            "staff_directory",
            "说明为何停用账号或设备",
            "Saying why an account or device was stopped",
        ),
        Purpose(
            "identity.absences",
            ("DeputyAppointed.reason", "WorkHandedOver.reason"),
            "contract",
            "staff_directory",
            "说明为何由他人代理或接手",
            "Saying why somebody decided for somebody else, or took over their work",
        ),
    ),
)
