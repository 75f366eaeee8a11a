"""Takes every request for the dashboard; lets in those at the address it printed, and tells the others one sentence."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

NAMES = ("127.0.0.1", "localhost")
HEALTH = "/_stcore/health"  # tells whoever started the dashboard that it is there, and nothing else
CLOSED = ("_stcore/metrics", "_stcore/agent", "_stcore/script-health-check")
REFUSED = "This dashboard opens only at the address it printed when it was started, on the computer it runs on.\n"
NOTHING = "Nothing is here.\n"

_SOURCES = {
    "default-src": "'none'",
    "script-src": "'self' 'unsafe-inline' 'unsafe-eval' 'wasm-unsafe-eval' blob:",  # the page of streamlit needs all of these
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "connect-src": "'self'",
    "media-src": "'self'",
    "worker-src": "'self' blob:",
    "frame-src": "data:",  # a document of no origin: the draft, which reaches nothing of the page around it
    "base-uri": "'none'",
    "form-action": "'none'",
    "frame-ancestors": "'none'",
}
HEADERS = {
    "Content-Security-Policy": "; ".join(f"{kind} {allowed}" for kind, allowed in _SOURCES.items()),
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",  # the address holds the token
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def new_token() -> str:
    """A secret for one run of the dashboard: 128 random bits, in characters that an address can hold.

    >>> len(new_token())
    32
    """
    return secrets.token_hex(16)


@dataclass(frozen=True, slots=True)
class Gate:
    """The dashboard, closed to everyone who does not know its address.

    Let in is a request whose Host is this machine and the port it came to, whose Origin, if it has one, is the same, and
    whose path begins with the token. A websocket must have an Origin, as every browser sends one. So a page elsewhere
    can neither read the dashboard under a name of its own that it points here (DNS rebinding) nor guess the address, and
    a page of another program on this machine, to whose port a browser would send a cookie of ours, is not told it.

    app: the application behind the gate. token: what the path begins with.
    """

    app: ASGIApp
    token: str

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or pass it on; with the headers that keep the page from being framed or read elsewhere."""
        if scope["type"] == "lifespan":
            return await self.app(scope, receive, send)
        at_home = _from_here(scope)
        if at_home and scope["path"] == HEALTH:
            return await PlainTextResponse("ok", headers=HEADERS)(scope, receive, send)
        token, _, rest = scope["path"].removeprefix("/").partition("/")
        if not (at_home and secrets.compare_digest(token.encode(), self.token.encode())):
            return await PlainTextResponse(REFUSED, status_code=403, headers=HEADERS)(scope, receive, send)
        if rest.startswith(CLOSED):
            return await PlainTextResponse(NOTHING, status_code=404, headers=HEADERS)(scope, receive, send)
        return await self.app(scope, receive, with_headers(send))


def _from_here(scope: Scope) -> bool:
    """Whether a request names this machine and the port it came to as its Host, and comes from no page of another origin."""
    headers = Headers(scope=scope)
    hosts, origins = headers.getlist("host"), headers.getlist("origin")
    if len(hosts) != 1 or hosts[0] not in {f"{name}:{scope['server'][1]}" for name in NAMES}:
        return False
    return origins == [f"http://{hosts[0]}"] or (not origins and scope["type"] == "http")


def with_headers(send: Send, headers: Mapping[str, str] = HEADERS) -> Send:
    """What sends an answer with these headers."""

    async def add(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).update(headers)
        await send(message)

    return add
