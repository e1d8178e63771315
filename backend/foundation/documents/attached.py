"""Under which names and kinds files leave the house. Pure."""

CSV = "text/csv"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MEDIA = {"csv": CSV, "xlsx": XLSX}


def attached(name: str) -> dict[str, str]:
    """The headers of an answer that is a file for one person: kept by no cache, and taken for
    nothing but what it says it is."""
    return {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "private, no-store",
        "X-Content-Type-Options": "nosniff",
    }
