"""Signing in and out, and who one is."""

from typing import Annotated, Any

import msgspec
from litestar import Request, Response, delete, get, post
from litestar.datastructures import Cookie
from litestar.middleware import DefineMiddleware
from litestar.params import JSONBody

from backend.api import audit, devices, handing, people, places, waiting
from backend.api.authentication import (
    COOKIE,
    Authentication,
    cookie_of,
    headers_of,
    is_foreign_page,
)
from backend.api.given import GivenHouse
from backend.foundation.identity import accounts, problems, sessions
from backend.foundation.identity.access import Signed
from backend.foundation.identity.grants import is_held
from backend.foundation.identity.model import DeviceState, PostBody
from backend.foundation.identity.rules import PASSWORD_MOST
from backend.foundation.identity.sign_in import SignIn, SigningDevice, sign_in
from backend.foundation.kernel import limits
from backend.foundation.kernel.clock import wire
from backend.foundation.organisation.calendar import business_day
from backend.house import House

AUTHENTICATION = DefineMiddleware(Authentication)
_NO_STORE = {"Cache-Control": "no-store"}


class SignedPerson(msgspec.Struct, frozen=True):
    """Who is signed in, with the posts held today and every role they hold somewhere."""

    id: str
    name: str
    username: str
    posts: list[PostBody]
    roles: list[str]


class SignedDevice(msgspec.Struct, frozen=True):
    """The device of the session, and what it may still do."""

    id: str
    state: DeviceState


class SessionAnswer(msgspec.Struct, frozen=True):
    """A session that has begun. `token` is for API clients and told once; browsers get a cookie."""

    token: str
    person: SignedPerson
    device: SignedDevice
    expires_at: str


class WhoAnswer(msgspec.Struct, frozen=True):
    """The session as it stands."""

    person: SignedPerson
    device: SignedDevice
    expires_at: str


class NewPassword(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The old password, so that an unlocked phone is not enough, and the new one."""

    old: Annotated[str, msgspec.Meta(min_length=1, max_length=PASSWORD_MOST)]
    new: Annotated[str, msgspec.Meta(min_length=1, max_length=PASSWORD_MOST)]


@post("/v1/session", operation_id="SignIn", status_code=201, opt={"public": True})
async def begin_session(
    data: JSONBody[SignIn], request: Request[Any, Any, Any], house: GivenHouse
) -> Response[SessionAnswer]:
    """Opens a session for a person on a device. A one-time password is exchanged in the same call:
    no session ever stands on it."""
    if is_foreign_page(headers_of(request.scope)):
        raise problems.origin_refused()
    if data.new_password is not None:
        passwords, new = house.access.passwords, data.new_password
        await accounts.change_own(house.journal, passwords, data, new, _address(request))
        await house.access.settled()
        data = msgspec.structs.replace(data, password=new, new_password=None)
    return await _begun(request, house, data)


@get("/v1/session", operation_id="WhoAmI")
async def who_am_i(request: Request[Any, Signed, Any], house: GivenHouse) -> Response[WhoAnswer]:
    """Tells who is signed in. The browser's cookie is set anew, so that it slides as well."""
    signed = request.auth
    answer = WhoAnswer(_person(signed, house), _device(signed), wire(signed.expires_at))
    token = cookie_of(headers_of(request.scope))
    cookies = [_cookie(request, house, token)] if token else []
    return Response(answer, headers=_NO_STORE, cookies=cookies)


@delete("/v1/session", operation_id="SignOut", status_code=204)
async def end_session(request: Request[Any, Signed, Any], house: GivenHouse) -> Response[None]:
    """Ends the session. What the device still holds stays there."""
    async with house.database.unit_of_work() as tx:
        await sessions.end(tx, request.auth.session_id)
    await house.access.settled()
    gone = Cookie(key=COOKIE, value="", max_age=0, httponly=True, samesite="lax")
    return Response(None, status_code=204, headers=_NO_STORE, cookies=[gone])


@post("/v1/session/password", operation_id="ChangePassword", status_code=201)
async def change_password(
    data: JSONBody[NewPassword], request: Request[Any, Signed, Any], house: GivenHouse
) -> Response[SessionAnswer]:
    """Changes one's own password: every session ends, and this device gets a new one. After a
    refusal the session is as it was."""
    signed = request.auth
    old = SignIn(signed.username, data.old, SigningDevice(signed.actor.device_id))
    await accounts.change_own(
        house.journal,
        house.access.passwords,
        old,
        data.new,
        _address(request),
        wrong=problems.password_old_wrong,
    )
    await house.access.settled()
    return await _begun(request, house, msgspec.structs.replace(old, password=data.new))


async def _begun(
    request: Request[Any, Any, Any], house: House, asked: SignIn
) -> Response[SessionAnswer]:
    opened = await sign_in(
        house.database, house.access.passwords, house.clock, asked, _address(request)
    )
    signed = await house.access.of_token(opened.token)
    answer = SessionAnswer(
        token=opened.token,
        person=_person(signed, house),
        device=_device(signed),
        expires_at=wire(opened.expires_at),
    )
    cookies = [_cookie(request, house, opened.token)]
    return Response(answer, status_code=201, headers=_NO_STORE, cookies=cookies)


def _person(signed: Signed, house: House) -> SignedPerson:
    today = business_day(house.clock.now())
    return SignedPerson(
        id=signed.actor.id,
        name=signed.actor.name,
        username=signed.username,
        posts=[PostBody.of(post) for post in signed.posts if is_held(post, today)],
        roles=sorted(signed.actor.roles()),
    )


def _device(signed: Signed) -> SignedDevice:
    return SignedDevice(signed.actor.device_id, signed.device_state)


def _cookie(request: Request[Any, Any, Any], house: House, token: str) -> Cookie:
    headers = headers_of(request.scope)
    secure = request.url.scheme == "https" or headers.get("x-forwarded-proto") == "https"
    return Cookie(
        key=COOKIE,
        value=token,
        max_age=limits.SESSION_LIFE_SECONDS,
        httponly=True,
        samesite="lax",
        secure=secure or house.settings.secure_cookie,
    )


def _address(request: Request[Any, Any, Any]) -> str:
    return request.client.host if request.client else "unknown"


ROUTES = (
    begin_session,
    who_am_i,
    end_session,
    change_password,
    *devices.ROUTES,
    *people.ROUTES,
    *handing.ROUTES,
    *places.ROUTES,
    *audit.ROUTES,
    *waiting.ROUTES,
)
