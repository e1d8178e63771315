"""Before persons are visited at home, what that does to them has to have been looked at (PIPL 55):
a checklist for such visits names its impact assessment, and so does everything like it."""

from backend.foundation.checklists import problems
from backend.foundation.checklists.template import TemplateDoc


def require_assessment(ref: str | None) -> None:
    """Refuses what handles persons and names no impact assessment."""
    if ref is None or not ref.strip():
        raise problems.assessment_missing()


def require_assessed(doc: TemplateDoc) -> None:
    """Refuses a checklist for visits of persons that names no impact assessment."""
    if doc.persons:
        require_assessment(doc.assessment)
