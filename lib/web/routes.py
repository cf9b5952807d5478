"""Plain HTTP routes: the session's cookie, the health of the service, and the fonts."""

import asyncio

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from lib.accounts import commands
from lib.accounts.rules import COOKIE
from lib.refusal import DatabaseAway
from lib.theme import FONTS
from lib.web.headers import same_origin

LONGEST_TICKET = 200


def routes(secure_cookie: bool) -> list[BaseRoute]:
    """The routes of this installation; the cookie is Secure where the application is reached by HTTPS."""

    async def open_session(request: Request) -> Response:
        """Exchange a one-time ticket for the HttpOnly cookie; 403 tells nothing about why not."""
        ticket = await _ticket(request)
        if ticket is None:
            return Response(status_code=413)
        if not same_origin(request.headers) or not ticket:
            return Response(status_code=204 if not ticket else 403)
        cookie = await asyncio.to_thread(_cookie_for, ticket)
        if cookie is None:
            return Response(status_code=403)
        answer = Response(status_code=204)
        answer.set_cookie(
            COOKIE,
            cookie.token,
            max_age=cookie.max_age_seconds,
            httponly=True,
            samesite="lax",
            secure=secure_cookie,
            path="/",
        )
        return answer

    return [
        Route("/auth/open", open_session, methods=["POST"]),
        Route("/healthz", health, methods=["GET"]),
        Mount("/fonts", StaticFiles(directory=FONTS)),
    ]


async def _ticket(request: Request) -> str | None:
    """What was posted; None as soon as it is longer than any ticket, for anybody may post here."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LONGEST_TICKET:
            return None
    return body.decode("ascii", errors="replace")


def _cookie_for(ticket: str) -> commands.Cookie | None:
    """None also while the database is away: the page says so itself."""
    try:
        return commands.exchange_ticket(ticket)
    except DatabaseAway:
        return None


async def health(_request: Request) -> Response:
    """200 when the database answers as the application's role, else 503: what a load balancer asks."""
    well = await asyncio.to_thread(commands.answers)
    status = {"status": "ok" if well else "database away"}
    return JSONResponse(status, status_code=200 if well else 503, headers={"cache-control": "no-store"})
