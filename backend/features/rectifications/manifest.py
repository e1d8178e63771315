"""Rectifications, as the house knows them."""

from backend.features.rectifications import (
    commands,
    facts,
    feed,
    notices,
    problems,
    reactions,
    states,
    tables,
    views,
)
from backend.features.rectifications.handlers import judging, ownership, photos
from backend.features.rectifications.views import handing
from backend.foundation.checklists.facts import FindingRaised
from backend.foundation.journal.manifest import Command, Kind, Manifest, Notices, Reaction
from backend.foundation.journal.purpose import Purpose
from backend.foundation.journal.under_way import UnderWay
from backend.foundation.organisation.facts import CalendarChanged

MANIFEST = Manifest(
    name="rectifications",
    tables=(tables.RectificationTable,),
    commands=(
        Command("rectifications.assign", commands.Assign, ownership.assign),
        Command("rectifications.accept", commands.Accept, ownership.accept),
        Command("rectifications.decline", commands.Decline, ownership.decline),
        Command("rectifications.attach", commands.Attach, photos.attach),
        Command("rectifications.detach", commands.Detach, photos.detach),
        Command("rectifications.report", commands.Report, photos.report),
        Command(
            "rectifications.request_extension",
            commands.RequestExtension,
            photos.request_extension,
        ),
        Command("rectifications.extend", commands.Extend, judging.extend),
        Command(
            "rectifications.refuse_extension",
            commands.RefuseExtension,
            judging.refuse_extension,
        ),
        Command("rectifications.approve", commands.Approve, judging.approve),
        Command("rectifications.return", commands.Return, judging.send_back),
        Command("rectifications.reopen", commands.Reopen, judging.reopen),
        Command("rectifications.cancel", commands.Cancel, judging.cancel),
        Command("rectifications.hand_over", commands.HandOver, ownership.hand_over),
        Command("rectifications.take_over", commands.TakeOver, ownership.take_over),
        Command("rectifications.decline_over", commands.DeclineOver, ownership.decline_over),
    ),
    facts=facts.ALL,
    kinds=(Kind("rectification", feed.rectification, derived=True),),
    reactions=(
        Reaction(FindingRaised, reactions.open_on_finding),
        Reaction(CalendarChanged, reactions.recount_due_days),
    ),
    machines=(states.MACHINE,),
    problems=problems.ALL,
    notices=(
        Notices(facts.Opened, notices.opened, "发现问题，已建整改", "Finding raised"),
        Notices(facts.Assigned, notices.assigned, "整改已指派", "Case assigned"),
        Notices(facts.Reported, notices.reported, "整改已上报", "Fix reported"),
        Notices(facts.Approved, notices.approved, "整改通过，已销号", "Fix approved and closed"),
        Notices(facts.Returned, notices.returned, "整改被退回", "Fix returned"),
        Notices(facts.Extended, notices.extended, "整改已延期", "Case extended"),
        Notices(
            facts.ExtensionRefused, notices.extension_refused, "整改延期未同意", "Extension refused"
        ),
        Notices(
            facts.DueRecounted, notices.due_recounted, "整改期限重新计算", "Due day counted anew"
        ),
        Notices(facts.Reopened, notices.reopened, "整改重新打开", "Case reopened"),
        Notices(facts.Cancelled, notices.cancelled, "整改已撤销", "Case cancelled"),
        Notices(facts.HandedOver, notices.handed_over, "整改已移交", "Case handed over"),
        Notices(facts.TakenOver, notices.taken_over, "整改已接收", "Case taken over"),
        Notices(
            facts.HandOverDeclined,
            notices.hand_over_declined,
            "整改移交未接收",
            "Handover declined",
        ),
        Notices(
            facts.KeptAside,
            notices.kept_aside,
            "整改处理后又有内容到达",
            "Something arrived after a decision",
        ),
    ),
    views=views.ALL,
    under_way=(UnderWay(tables.CASES, states.LIVING | {"reported"}, "条整改", "case", "cases"),),
    handing=handing.held,
    listings=views.LISTINGS,
    personal=(
        Purpose(
            "rectifications.remarks",
            (
                "Declined.reason",
                "Reported.note",
                "ExtensionRequested.reason",
                "ExtensionRefused.reason",
                "Approved.note",
                "Returned.note",
                "Reopened.reason",
                "Cancelled.reason",
                "HandedOver.reason",
                "HandOverDeclined.reason",
                "KeptAside.note",
                "rectification.text",
                "rectification.cause",
                "rectification.measure",
                "rectification.events",
                "rectification.returns",
            ),
            "contract",
            "inspection_record",
            "记录整改经过和决定的理由",
            "Recording how a fault was put right, and why it was decided so",
        ),
    ),
)
