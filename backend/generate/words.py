"""All refusals of the house, wherever they are declared."""

from backend.api import problems as api_problems
from backend.api.sync import wire
from backend.foundation.documents import problems as document_problems
from backend.foundation.journal import problems as journal_problems
from backend.foundation.journal.catalogue import Catalogue
from backend.foundation.kernel.problem import ProblemType


def all_problems(catalogue: Catalogue) -> dict[str, ProblemType]:
    """By code. Raises ValueError when one code has two meanings."""
    found = dict(catalogue.problems)
    house = (*journal_problems.ALL, *document_problems.ALL, *wire.PROBLEMS, *api_problems.ALL)
    for kind in house:
        if found.setdefault(kind.code, kind) != kind:
            raise ValueError(f"two meanings of {kind.code}")
    return found
