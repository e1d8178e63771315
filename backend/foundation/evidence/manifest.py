"""Evidence, as the house knows it."""

from backend.foundation.evidence import (
    commands,
    erasing,
    facts,
    feed,
    handlers,
    notices,
    preparing,
    problems,
    states,
    tables,
)
from backend.foundation.journal.manifest import Command, Kind, Manifest
from backend.foundation.journal.purpose import Purpose

MANIFEST = Manifest(
    name="evidence",
    tables=tables.TABLES,
    commands=(
        Command("evidence.waive", commands.Waive, handlers.waive),
        Command("evidence.open_sealed", commands.OpenSealed, handlers.open_sealed),
        Command("evidence.erased", commands.ConfirmErased, handlers.erased),
        Command("evidence.receive", commands.Receive, handlers.receive, prepare=preparing.arrivals),
        Command("evidence.accept", commands.Accept, handlers.accept),
        Command("evidence.refuse", commands.Refuse, handlers.refuse),
    ),
    facts=facts.ALL,
    kinds=(Kind("photo", feed.photo, preparing.places),),
    machines=(states.MACHINE,),
    problems=problems.ALL,
    notices=notices.ALL,
    personal=(
        Purpose(
            "evidence.places",
            ("photo.geo",),
            "statutory",
            "evidence",
            "证明照片在现场拍摄",
            "Showing that a photo was taken where it says",
            sensitive=True,
        ),
        Purpose(
            "evidence.devices",
            ("photo.device", "photo.page", "photo.by"),
            "contract",
            "evidence",
            "证明照片由谁用哪台设备拍摄",
            "Showing who took a photo, and with which phone",
        ),
        Purpose(
            "evidence.remarks",
            ("Waived.reason", "waiver.reason", "SealedOpened.reason"),
            "contract",
            "evidence",
            "说明为何不再等待或查看照片",
            "Saying why a photo was given up or looked at",
        ),
    ),
    clearing=(erasing.clear,),
)
