"""What is kept beside published records for desks: the words that find them, and their figures."""

from collections.abc import Mapping

from backend.foundation.journal import search, tallies
from backend.foundation.journal.catalogue import Catalogue
from backend.foundation.journal.envelope import RecKey
from backend.foundation.journal.manifest import Projection
from backend.foundation.journal.records import record_key
from backend.foundation.journal.work import Work

Projections = Mapping[RecKey, Projection | None]
Before = Mapping[str, str | None]  # by the key of the record; None and missing: nothing


def index_words(work: Work, catalogue: Catalogue, projections: Projections, marks: Before) -> None:
    """Stages the words of what says something else than before."""
    for rec, projection in projections.items():
        key = record_key(*rec)
        row = search.row_of(rec, projection.sought if projection else None)
        assert row is None or catalogue.kinds[rec[0]].derived, f"{rec[0]} is not declared"
        if row is None:
            if marks.get(key) is not None:
                work.remove(search.SEARCHES, key)
        elif row.mark != marks.get(key):
            work.save(search.SEARCHES, row)


def count(work: Work, projections: Projections, counted: Before) -> tallies.Sums:
    """Stages what the records add now; the differences to what they had added."""
    sums: tallies.Sums = {}
    for rec, projection in projections.items():
        key = record_key(*rec)
        before = counted.get(key)
        counts = projection.counts if projection else None
        if tallies.encoded(counts) == before:
            continue
        if before is not None:
            tallies.add(sums, tallies.decoded(before), -1)
        if counts is None:
            work.remove(tallies.TALLIED, key)
        else:
            tallies.add(sums, counts, 1)
            work.save(tallies.TALLIED, tallies.Tallied(key, counts))
    return sums
