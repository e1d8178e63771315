"""Reports: what people write stays text, nothing vanishes, the same report has the same bytes."""

import io
import json
from pathlib import Path
from typing import Any

import pypdf
import pytest

from backend.foundation.documents.children.paper import shapes
from backend.foundation.documents.links import record_url
from backend.foundation.documents.printable import GETA, named, printable
from backend.foundation.documents.process import WorkshopFailed
from backend.foundation.documents.workshop import Workshop
from backend.foundation.kernel import limits
from tests.architecture.house import ROOT
from tests.foundation.documents import paper

WORKSHOP = Workshop()


async def made(*, tongue: Any = "zh", checkpoint: str = "", **other: Any) -> bytes:
    return await WORKSHOP.pdf(
        paper.TEMPLATE,
        paper.data(**other),
        tongue=tongue,
        made_at=paper.MADE_AT,
        photos=paper.photos(),
        checkpoint=checkpoint,
    )


def read(pdf: bytes) -> str:
    """All words of the report, without the breaks between lines."""
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return "".join(page.extract_text() for page in pages).replace("\n", "")


async def test_a_report_tells_its_words_and_shows_its_photos():
    reader = pypdf.PdfReader(io.BytesIO(await made()))
    assert len(reader.pages) == 1
    assert len(reader.pages[0].images) == 4
    words = read(await made())
    for expected in (
        "元宵灯谜会",
        "防范电信网络诈骗",
        "城东支行营业厅",
        "网点",
        "生成于 2026-11-24 09:00",
    ):
        assert expected in words


async def test_a_report_in_english_has_english_words_around_the_same_data():
    words = read(await made(tongue="en"))
    assert "Outlet" in words
    assert "网点" not in words
    assert "Made at 2026-11-24 09:00, China time" in words


HOSTILE = (
    '#strong[x] #import "/etc/passwd" #read("/etc/passwd") $a^2$ *b* _c_ `d` <e> @f ~ \\ // g',
    "= heading - list + enum / term: x",
    '#sys.inputs #eval("1+1") ]]} {{[ "quote" \\u{41}',
)


@pytest.mark.parametrize("text", HOSTILE)
async def test_what_people_write_never_becomes_markup(text: str):
    words = read(await made(title=text, text=text, outlet=text))
    wanted = "".join(text.split())
    assert "".join(words.split()).count(wanted) == 3


async def test_a_rare_name_is_printed_and_a_missing_character_is_seen():
    words = read(await made(text="喆堃𬴊㼆䶮 \U0002a6d6 😀"))
    assert "喆堃𬴊㼆䶮" in words
    assert words.count(GETA) == 3
    assert "U+2A6D6 U+1F600" in words


async def test_an_ordinary_report_says_nothing_of_missing_characters():
    assert GETA not in read(await made())


async def test_the_reading_direction_cannot_be_turned():
    """U+202E shows moc.live as evil.com."""
    words = read(await made(outlet="\u202emoc.live"))
    assert f"{GETA}moc.live" in words
    assert "U+202E" in words


async def test_the_same_report_has_the_same_bytes():
    first, second = await made(checkpoint="#184"), await made(checkpoint="#184")
    assert first == second
    assert await made(checkpoint="#185") != first


async def test_every_page_has_the_checkpoint_in_its_footer():
    pdf = await made(checkpoint="检查点 #184 9f3ac41e", text="很长的一段话。" * 1200)
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    assert len(pages) > 2
    for page in pages:
        assert "检查点 #184 9f3ac41e" in page.extract_text()
    assert "检查点" not in read(await made())


async def test_a_figure_opens_its_record_and_nothing_else_is_a_link():
    pdf = await made(text="https://evil.example/ javascript:alert(1)")
    targets = [
        annotation.get_object()["/A"]["/URI"]
        for page in pypdf.PdfReader(io.BytesIO(pdf)).pages
        for annotation in page.get("/Annots", [])
    ]
    assert targets == ["https://bank.example/events/0192f0c1"]


async def test_the_report_is_archivable_and_can_be_read_aloud():
    """PDF/A-2a: fonts inside, tagged, its language known."""
    pdf = await made()
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    catalog: Any = reader.root_object
    assert catalog["/MarkInfo"]["/Marked"]
    assert str(catalog["/Lang"]).startswith("zh")
    assert b"pdfaid:part" in catalog["/Metadata"].get_data()


async def test_a_template_cannot_fetch_a_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    papers = tmp_path / "fetching_papers"
    papers.mkdir()
    papers.joinpath("__init__.py").touch()
    papers.joinpath("fetching.typ").write_text('#import "@preview/cetz:0.3.0": *')
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(WorkshopFailed, match="died"):
        await WORKSHOP.pdf("fetching_papers:fetching.typ", {}, tongue="zh", made_at=paper.MADE_AT)


def test_no_template_of_the_house_asks_for_a_package():
    templates = [*ROOT.glob("backend/**/*.typ"), *ROOT.glob("tests/**/*.typ")]
    assert len(templates) >= 2
    assert [str(path) for path in templates if '"@' in path.read_text()] == []


async def test_what_is_no_photo_is_refused():
    with pytest.raises(WorkshopFailed, match="died"):
        await WORKSHOP.pdf(
            paper.TEMPLATE,
            paper.data(),
            tongue="zh",
            made_at=paper.MADE_AT,
            photos=paper.photos() | {"floor_dry": b"<svg onload='x'/>"},
        )


async def test_more_photos_than_a_report_holds_are_refused():
    photos = {str(number): b"" for number in range(limits.PAPER_PHOTOS_MAX + 1)}
    with pytest.raises(ValueError, match="60 is the limit"):
        await WORKSHOP.pdf(paper.TEMPLATE, {}, tongue="zh", made_at=paper.MADE_AT, photos=photos)


async def test_as_many_photos_as_are_allowed_are_printed():
    """A descriptor for each: the child's limit on open files must leave room for all of them."""
    one = paper.photos()["floor_dry"]
    count = limits.PAPER_PHOTOS_MAX
    names = [f"photo {number}" for number in range(count)]
    pdf = await WORKSHOP.pdf(
        paper.TEMPLATE,
        paper.data(photos=[{"name": name, "words": name} for name in names]),
        tongue="zh",
        made_at=paper.MADE_AT,
        # Bytes after the picture's end: otherwise the pages would share a single picture.
        photos={name: one + bytes([number]) for number, name in enumerate(names)},
    )
    assert sum(len(page.images) for page in pypdf.PdfReader(io.BytesIO(pdf)).pages) == count


@pytest.fixture(scope="module")
def covered() -> set[int]:
    return shapes()


def test_the_fonts_have_every_character_of_names(covered: set[int]):
    """GB 18030 level 1: the unified ideographs and extension A, with GB 2312 among them."""
    assert {*range(0x4E00, 0x9FA6), *range(0x3400, 0x4DB6)} <= covered
    level_of_1980 = {
        ord(character)
        for row in range(0xB0, 0xF8)
        for place in range(0xA1, 0xFF)
        for character in bytes((row, place)).decode("gb2312", "ignore")
    }
    assert len(level_of_1980) == 6763
    assert level_of_1980 <= covered


def test_the_fonts_have_the_rare_characters_of_the_national_table(covered: set[int]):
    """Some of the 196 beyond the basic plane (通用规范汉字表), which names and places use."""
    for character in "𠙶𠳐𡎚𣗋𣲗𣲘𤧛𤩽𥔲𥕢𦒍𦭜𦰡𧿹𨙸𨚕𨟠𨭉𨱇𨱏𨱑𨱔𨺙𩽾𩾃𩾌𪟝𪣻𪤗𪨰𪨶𪩘𪾢𫄧𫄨𫄷":
        assert ord(character) in covered, character


def test_what_has_no_shape_is_replaced_at_any_depth():
    shapes = frozenset(map(ord, "abé 〓"))
    value = {"a": ["ab\u200bx", {"b": "e\u0301"}], "n": 3, "none": None}
    replaced, missing = printable(value, shapes)
    assert replaced == {"a": ["ab〓〓", {"b": "é"}], "n": 3, "none": None}
    assert missing == ("\u200b", "x")
    assert named(missing) == "U+200B U+0078"


def test_lines_stay_lines():
    assert printable("a\r\nb\tc", frozenset(map(ord, "abc"))) == ("a\nb\tc", ())


@pytest.mark.parametrize(
    ("origin", "opens", "id"),
    [
        ("javascript:alert(1)//", "/events", "1"),
        ("https://bank.example/path", "/events", "1"),
        ("https://user@bank.example", "/events", "1"),
        ("https://bank.example", "//evil.example", "1"),
        ("https://bank.example", "/events?x=", "1"),
        ("https://bank.example", "/events", "../x"),
        ("https://bank.example", "/events", "1?x"),
        ("https://bank.example", "/events", ""),
        ("", "/events", "1"),
    ],
)
def test_an_address_is_ours_or_none(origin: str, opens: str, id: str):
    with pytest.raises(ValueError, match="no part of an address"):
        record_url(origin, opens, id)


def test_an_address_of_ours_is_plain():
    assert record_url("http://127.0.0.1:8000", "/rounds", "0192-a") == (
        "http://127.0.0.1:8000/rounds/0192-a"
    )


def test_the_words_for_every_refusal_are_on_the_phone():
    """They are generated; a code that never reaches the generator has no words there."""
    text = (ROOT / "pwa/src/generated/problems.ts").read_text()
    for code in ("table_unreadable", "cell_not_date", "heading_missing", "export_too_long"):
        assert json.dumps(code) in text
