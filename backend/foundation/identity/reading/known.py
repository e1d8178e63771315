"""What the house knows of the people and places that a file names."""

from backend.foundation.database.transaction import Tx, among
from backend.foundation.documents.sheet import Imported
from backend.foundation.identity.importing import Known, Places
from backend.foundation.identity.model import Post
from backend.foundation.identity.tables import PEOPLE, POSTS
from backend.foundation.organisation.tables import LINES, OUTLETS, UNITS


async def places(tx: Tx) -> Places:
    """Every unit, outlet and line by its code. Three queries over small tables."""
    return Places(
        units={one.code: one for one in await UNITS.where(tx, "1 = 1 ORDER BY id")},
        outlets={one.code: one for one in await OUTLETS.where(tx, "1 = 1 ORDER BY id")},
        lines={one.code: one for one in await LINES.where(tx, "1 = 1 ORDER BY id")},
    )


async def known(tx: Tx, imported: Imported) -> Known:
    """Those of the file who are there already, with what they hold. Two queries."""
    usernames = {str(row.values["username"]).lower() for row in imported.rows}
    clause, args = among(tx, "username", sorted(usernames))
    people = await PEOPLE.where(tx, f"{clause} ORDER BY id", *args)
    clause, args = among(tx, "person", [person.id for person in people])
    posts: dict[str, list[Post]] = {}
    for post in await POSTS.where(tx, f"{clause} ORDER BY id", *args):
        posts.setdefault(post.person, []).append(post)
    return Known({person.username: person for person in people}, posts)
