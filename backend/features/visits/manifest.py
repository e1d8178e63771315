"""Visits, as the house knows them."""

from backend.features.visits import (
    facts,
    feed,
    notices,
    problems,
    reactions,
    states,
    tables,
    views,
)
from backend.features.visits.commands import deciding, planning, visiting
from backend.features.visits.handlers import answering, forgetting, reviewing
from backend.features.visits.handlers import planning as plan
from backend.features.visits.handlers import visiting as visit
from backend.features.visits.model.personal import PERSONAL
from backend.features.visits.model.retention import CONTACT, RECORD
from backend.features.visits.views import handing
from backend.foundation.identity.facts import PinReset, PinSet
from backend.foundation.journal.manifest import Command, Kind, Manifest, Notices, Reaction
from backend.foundation.journal.under_way import UnderWay
from backend.foundation.privacy.facts import ConsentWithdrawn, RetentionEnded

MANIFEST = Manifest(
    name="visits",
    tables=(
        tables.VisitTable,
        tables.VisitPersonTable,
        tables.VisitAnswerTable,
        tables.VisitAuthorisationTable,
        tables.VisitRouteTable,
    ),
    commands=(
        Command("visits.request", planning.Request, plan.request),
        Command("visits.schedule", planning.Schedule, plan.schedule),
        Command("visits.reorder", planning.Reorder, plan.reorder),
        Command("visits.postpone", planning.Postpone, plan.postpone),
        Command("visits.decline", planning.Decline, plan.decline),
        Command("visits.cancel", planning.Cancel, plan.cancel),
        Command("visits.sign_in", visiting.SignIn, visit.sign_in),
        Command("visits.locate", visiting.Locate, visit.locate),
        Command("visits.remark", visiting.MakeRemark, visit.remark),
        Command("visits.sign", visiting.Sign, visit.sign),
        Command("visits.consent", visiting.TakeConsent, answering.consent),
        Command("visits.sight", visiting.Sight, answering.sight),
        Command("visits.note_agent", visiting.NoteAgent, answering.note_agent),
        Command("visits.observe", visiting.Observe, answering.observe),
        Command("visits.record_intention", visiting.RecordIntention, answering.record_intention),
        Command("visits.note_recording", visiting.NoteRecording, answering.note_recording),
        Command("visits.attach", visiting.Attach, visit.attach),
        Command("visits.detach", visiting.Detach, visit.detach),
        Command("visits.authorise", visiting.Authorise, visit.authorise),
        Command("visits.guide", visiting.Guide, visit.guide),
        Command("visits.hand_over", visiting.GiveOver, visit.hand_over),
        Command("visits.submit", visiting.Submit, reviewing.submit),
        Command("visits.accept", deciding.Accept, reviewing.accept),
        Command("visits.return", deciding.Return, reviewing.send_back),
        Command("visits.use", deciding.Use, reviewing.use),
        Command("visits.revoke", deciding.Revoke, reviewing.revoke),
    ),
    facts=facts.ALL,
    kinds=(
        Kind("visit", feed.visit),
        Kind("visit_person", feed.visit_person),
        Kind("visit_answer", feed.visit_answer),
        Kind("visit_route", feed.visit_route),
        Kind("authorisation", feed.authorisation),
    ),
    reactions=(
        Reaction(ConsentWithdrawn, reactions.forget_withdrawn),
        Reaction(RetentionEnded, reactions.forget_ended),
        Reaction(PinSet, reactions.publish_pin),
        Reaction(PinReset, reactions.publish_pin),
    ),
    machines=(states.VISIT, states.AUTHORISATION),
    problems=problems.ALL,
    notices=(
        Notices(facts.Scheduled, notices.scheduled, "上门服务已安排", "Visit scheduled"),
        Notices(facts.Postponed, notices.postponed, "上门服务已推迟", "Visit postponed"),
        Notices(facts.Declined, notices.declined, "上门服务未受理", "Visit declined"),
        Notices(facts.Cancelled, notices.cancelled, "上门服务已取消", "Visit cancelled"),
        Notices(facts.Submitted, notices.submitted, "上门服务待复核", "Visit waits for review"),
        Notices(facts.Accepted, notices.accepted, "上门服务复核通过", "Visit accepted"),
        Notices(facts.Returned, notices.returned, "上门服务被退回", "Visit returned"),
        Notices(
            facts.KeptAside,
            notices.kept_aside,
            "上门服务处理后又有内容到达",
            "Something arrived after a visit was decided",
        ),
        Notices(
            facts.PartsForgotten,
            notices.forgotten,
            "上门服务的个人信息已删除",
            "Personal parts of a visit erased",
        ),
        Notices(
            facts.UseRefused, notices.use_refused, "授权使用被拒", "Use of an authorisation refused"
        ),
        Notices(facts.Revoked, notices.revoked, "授权已撤销", "Authorisation revoked"),
    ),
    views=views.ALL,
    under_way=(
        UnderWay(tables.VISITS, states.LIVING | {"submitted"}, "次上门", "visit", "visits"),
    ),
    handing=handing.held,
    seats=feed.seats,
    personal=PERSONAL,
    retention=(CONTACT, RECORD),
    clearing=(forgetting.clear,),
)
