"""The bench measures what it says: its tools, and one part of it in small."""

import io
import itertools
import subprocess
import sys

import pytest
from PIL import Image

from tests.bench import jpegs, push
from tests.bench.installation import ground
from tests.bench.processor import cpu_seconds
from tests.bench.soak import Watched
from tests.bench.soak_phone import Said
from tests.bench.table import Figure, measure, table
from tests.media import pictures

SPENT_SECONDS = 0.2
SPEND = (
    f"import time\nwhile time.process_time() < {SPENT_SECONDS}: pass\nprint(flush=True)\ninput()"
)


@pytest.mark.parametrize("size", [12_000, 300_000])
def test_every_photograph_has_the_exact_weight_and_other_bytes(size: int):
    made = list(itertools.islice(jpegs.different(size), 3))
    assert {len(data) for data in made} == {size}
    assert len(set(made)) == 3
    for data in made:
        Image.open(io.BytesIO(data)).load()


@pytest.mark.parametrize("room", range(jpegs.ROOM_MIN, jpegs.ROOM_MIN + 12))
@pytest.mark.parametrize("whole", [0, 1, 2])
def test_comments_fill_any_room(room: int, whole: int):
    room += whole * (jpegs.SEGMENT_BYTES_MAX + jpegs.FRAME_BYTES)
    plain = pictures.jpeg(pictures.scene(320, 240))
    filled = plain[:2] + jpegs.comments(room) + plain[2:]
    assert len(filled) == len(plain) + room
    Image.open(io.BytesIO(filled)).load()


def test_the_time_of_a_running_process_and_of_its_children_is_counted():
    shell = f"import subprocess, sys\nsubprocess.run([sys.executable, '-c', {SPEND!r}])"
    with subprocess.Popen(
        [sys.executable, "-c", shell], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as parent:
        assert parent.stdin is not None
        assert parent.stdout is not None
        parent.stdout.readline()
        while_it_lives = cpu_seconds(parent.pid)
        parent.stdin.write(b"\n")
    assert while_it_lives >= SPENT_SECONDS


def test_a_missed_target_is_said_and_what_was_not_measured_is_no_success():
    lines = table(
        [
            Figure("push", 0.31, "ms", 0.3),
            Figure("pull", 0.15, "s", 0.15, "pouchdb-server 1.80 s"),
            Figure("upload", None, beside="no npm here"),
        ]
    ).splitlines()[2:]
    assert lines[0].split() == ["push", "0.310", "ms", "0.300", "ms", "NO"]
    assert lines[1].endswith("yes")
    assert lines[2].split() == ["upload", "not", "measured", "no", "npm", "here"]


@pytest.mark.parametrize(
    ("value", "said"), [(0.2174, "0.217 s"), (12, "12.0 s"), (1234.5, "1,234 s"), (0, "0.00 s")]
)
def test_three_digits_are_told(value: float, said: str):
    assert measure(value, "s") == said


@pytest.mark.parametrize(
    ("bytes_by_look", "growth"),
    [
        ([50, 90, *[100] * 18], 0),
        ([50, 90, 100, 100, *range(105, 185, 5)], 70),
        ([40], 0),
    ],
)
def test_a_soak_tells_growth_apart_from_what_is_loaded_once(bytes_by_look: list[int], growth: int):
    watched = Watched("serve", 1, bytes_by_look)
    assert watched.growth == growth


def test_a_soak_tells_the_worst_of_a_hundred():
    assert Said.share([float(number) for number in range(101)], 99) == 99
    assert (Said.share([], 99), Said.share([2.0], 99)) == (0, 2)


@pytest.mark.slow
def test_one_part_runs_in_small(monkeypatch: pytest.MonkeyPatch):
    """What nobody runs between two releases does not run at the release."""
    monkeypatch.setattr(push, "ENGINES", push.ENGINES[:1])
    monkeypatch.setattr(push, "ROUNDS", 1)
    monkeypatch.setattr(push, "BATCHES", 2)
    with ground() as where:
        (figure,) = push.figures(where)
    assert figure.value is not None
    assert figure.value > 0
