"""Whether every personal field of the house has a purpose, and every purpose fields and a class."""

from collections.abc import Iterator, Sequence

from backend.foundation.journal.manifest import Manifest


def faults(manifests: Sequence[Manifest]) -> list[str]:
    """Sentences about what is wrong with the purposes of these packages. Empty when each personal
    field of a fact is covered, and each purpose names fields, a class and words that are there."""
    classes = {klass.code for manifest in manifests for klass in manifest.retention}
    return [fault for manifest in manifests for fault in _faults(manifest, classes)]


def _faults(manifest: Manifest, classes: set[str]) -> Iterator[str]:
    there = _fields(manifest)
    covered = {name for purpose in manifest.personal for name in purpose.fields}
    for fact in manifest.facts:
        for field in sorted(fact.personal()):
            if f"{fact.__name__}.{field}" not in covered:
                yield f"{manifest.name}: {fact.__name__}.{field} is personal and has no purpose"
    for purpose in manifest.personal:
        if purpose.code.split(".")[0] != manifest.name:
            yield f"{purpose.code} is declared by {manifest.name}"
        if purpose.retention not in classes:
            yield f"{purpose.code} is kept for {purpose.retention}, which is no class"
        if not (purpose.zh and purpose.en and purpose.fields):
            yield f"{purpose.code} lacks words or fields"
        for name in purpose.fields:
            if name not in there:
                yield f"{purpose.code} covers {name}, which {manifest.name} does not have"


def _fields(manifest: Manifest) -> set[str]:
    facts = {f"{fact.__name__}.{n}" for fact in manifest.facts for n in fact.__struct_fields__}
    columns = {
        f"{table._meta.tablename}.{column._meta.name}"
        for table in manifest.tables
        for column in table._meta.columns
    }
    return facts | columns
