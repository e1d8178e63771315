"""Inspections, as the house knows them."""

from backend.features.inspections import (
    commands,
    facts,
    feed,
    notices,
    problems,
    states,
    tables,
    views,
)
from backend.features.inspections.handlers import (
    answering,
    findings,
    photos,
    planning,
    submitting,
)
from backend.features.inspections.views import handing
from backend.foundation.evidence import preparing
from backend.foundation.journal.manifest import Command, Kind, Manifest, Notices
from backend.foundation.journal.purpose import Purpose
from backend.foundation.journal.under_way import UnderWay

MANIFEST = Manifest(
    name="inspections",
    tables=(tables.RoundTable, tables.FoundTable),
    commands=(
        Command("inspections.assign", commands.Assign, planning.assign),
        Command("inspections.reassign", commands.Reassign, planning.reassign),
        Command("inspections.cancel", commands.Cancel, planning.cancel),
        Command("inspections.start", commands.Start, planning.start),
        Command("inspections.open", commands.Open, planning.open_),
        Command("inspections.set_answer", commands.SetAnswer, answering.set_answer),
        Command("inspections.clear_answer", commands.ClearAnswer, answering.clear_answer),
        Command("inspections.attach", commands.Attach, photos.attach, prepare=preparing.captures),
        Command("inspections.detach", commands.Detach, photos.detach),
        Command("inspections.record_finding", commands.RecordFinding, findings.record_finding),
        Command("inspections.drop_finding", commands.DropFinding, findings.drop_finding),
        Command("inspections.submit", commands.Submit, submitting.submit),
        Command("inspections.amend", commands.Amend, submitting.amend),
    ),
    facts=facts.ALL,
    kinds=(Kind("round", feed.round_, derived=True), Kind("sheet", feed.sheet, derived=True)),
    machines=(states.MACHINE,),
    problems=problems.ALL,
    notices=(
        Notices(facts.Assigned, notices.assigned, "检查已安排", "Round assigned"),
        Notices(facts.Reassigned, notices.reassigned, "检查已改派", "Round reassigned"),
        Notices(facts.Cancelled, notices.cancelled, "检查已取消", "Round cancelled"),
        Notices(facts.Submitted, notices.submitted, "检查已提交", "Round submitted"),
        Notices(facts.Amended, notices.amended, "检查记录已更正", "Round amended"),
        Notices(
            facts.ContributedLate,
            notices.contributed_late,
            "检查有迟到的内容",
            "Late contribution to a round",
        ),
    ),
    views=views.ALL,
    under_way=(UnderWay(tables.ROUNDS, states.LIVING, "轮检查", "round", "rounds"),),
    handing=handing.held,
    listings=views.LISTINGS,
    personal=(
        Purpose(
            "inspections.remarks",
            (
                "Reassigned.reason",
                "Cancelled.reason",
                "AnswerSet.note",
                "AnswerSet.value",
                "PhotoDetached.reason",
                "FindingRecorded.text",
                "Amended.was",
                "Amended.value",
                "Amended.was_note",
                "Amended.note",
                "Amended.reason",
                "round_finding.text",
                "round_finding.cause",
                "round_finding.measure",
            ),
            "contract",
            "inspection_record",
            "记录检查所见并说明更改的原因",
            "Recording what a round found, and why something was changed",
        ),
    ),
)
