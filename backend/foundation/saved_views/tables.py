"""Where saved views are kept."""

from piccolo.columns import Text
from piccolo.table import Table

from backend.foundation.database.rows import Rows
from backend.foundation.saved_views.model import SavedViews


class SavedViewsTable(Table, tablename="saved_views"):
    """One row per person who has any."""

    id = Text(primary_key=True)  # the person's id
    views = Text()


SAVED_VIEWS = Rows(SavedViewsTable, SavedViews)
