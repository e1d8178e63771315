"""Decisions about saved views, on values alone.

Devices that were both without signal add up: each command names one view and one thing about it.
Moving, preferring and deleting what was deleted meanwhile is no mistake and changes nothing; a new
name or filter for it is refused, because somebody's words would be lost otherwise.
"""

from msgspec.structs import replace

from backend.foundation.kernel import limits
from backend.foundation.kernel.actor import Actor
from backend.foundation.kernel.problem import forbidden, id_taken
from backend.foundation.saved_views import problems
from backend.foundation.saved_views.commands import Add, Change, Move, Prefer, Remove
from backend.foundation.saved_views.model import SavedViews, View


def require_own(actor: Actor, person: str) -> None:
    """Refuses everybody but the person."""
    if actor.id != person:
        raise forbidden(needs="the person")


def add(saved: SavedViews, asked: Add) -> SavedViews:
    """With a new view, the last one. Two of the same name are allowed: two devices may both have
    saved one, and to refuse the second would be worse."""
    if _found(saved, asked.view) is not None:
        raise id_taken()
    if len(saved.views) >= limits.SAVED_VIEWS_MAX:
        raise problems.views_many(limit=limits.SAVED_VIEWS_MAX)
    view = View(asked.view, named(asked.name), asked.list, asked.query)
    return replace(saved, views=(*saved.views, view))


def change(saved: SavedViews, asked: Change) -> SavedViews:
    """With another name or filter of one view."""
    view = _found(saved, asked.view)
    if view is None:
        raise problems.view_gone()
    name = view.name if asked.name is None else named(asked.name)
    query = view.query if asked.query is None else asked.query
    return _with(saved, replace(view, name=name, query=query))


def move(saved: SavedViews, asked: Move) -> SavedViews:
    """With one view at another place; a place behind the last is the last."""
    view = _found(saved, asked.view)
    if view is None:
        return saved
    others = [one for one in saved.views if one is not view]
    others.insert(asked.place, view)
    return replace(saved, views=tuple(others))


def prefer(saved: SavedViews, asked: Prefer) -> SavedViews:
    """With one view as the standard of its list in place of any other, or with none."""
    view = _found(saved, asked.view)
    if view is None:
        return saved
    # "Not any more" is about this view: what another device made the standard meanwhile stays.
    if not asked.standard:
        return _with(saved, replace(view, standard=False))
    views = tuple(
        replace(one, standard=one is view) if one.list == view.list else one for one in saved.views
    )
    return replace(saved, views=views)


def remove(saved: SavedViews, asked: Remove) -> SavedViews:
    """Without one view."""
    return replace(saved, views=tuple(one for one in saved.views if one.id != asked.view))


def named(name: str) -> str:
    """The name in one line. Refuses none and a long one."""
    name = " ".join(name.split())
    if not name:
        raise problems.view_unnamed()
    if len(name) > limits.SAVED_VIEW_NAME_MAX:
        raise problems.view_name_long(limit=limits.SAVED_VIEW_NAME_MAX)
    return name


def _found(saved: SavedViews, id: str) -> View | None:
    return next((one for one in saved.views if one.id == id), None)


def _with(saved: SavedViews, view: View) -> SavedViews:
    views = tuple(view if one.id == view.id else one for one in saved.views)
    return replace(saved, views=views)
