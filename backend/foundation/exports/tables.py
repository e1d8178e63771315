"""Where orders lie. The files are in the store."""

from piccolo.columns import BigInt, Text
from piccolo.table import Table

from backend.foundation.database.rows import Rows
from backend.foundation.exports.model import Export


class ExportTable(Table, tablename="export"):
    """One row per order."""

    id = Text(primary_key=True)
    list = Text()
    query = Text()
    kind = Text()
    language = Text()
    by = Text(index=True)
    ordered_at = Text()
    state = Text(index=True)
    rows = BigInt()
    reach = Text()
    size = BigInt()
    sha256 = Text()
    until = Text(null=True, default=None)
    problem = Text(null=True, default=None)


EXPORTS = Rows(ExportTable, Export)
