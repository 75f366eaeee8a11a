"""Takes every request for a shared installation; lets in those that came to its address, encrypted as far as the proxy in front of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit.auth_util import get_cookie_with_chunks
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from eia.dashboard.gate import CLOSED, HEADERS, HEALTH, NAMES, NOTHING, with_headers

REFUSED = "Open this at the address that was given to you.\n"
UPLOADS = "_stcore/upload_file"
_HEADERS = {
    **HEADERS,
    "Strict-Transport-Security": "max-age=31536000",
}  # browsers heed it over an encrypted connection alone


@dataclass(frozen=True, slots=True)
class SharedGate:
    """A shared installation, closed to every request that was not made at its address.

    Who somebody is, sign-in tells. Here it is seen that no page of another origin asks, and that the proxy says it was reached over an
    encrypted connection. A websocket must have an Origin, as every browser sends one.

    app: the application behind the gate. host, origin: of the address. path: what the path begins with, without slashes. https_header: in
    which the proxy says "https"; none where only this computer can reach the server. cookie_secret: signs the cookie of whoever signed in.
    """

    app: ASGIApp
    host: str
    origin: str
    path: str
    https_header: str
    cookie_secret: str

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or pass it on with the headers that keep the page from being framed or read elsewhere."""
        if scope["type"] == "lifespan":
            return await self.app(scope, receive, send)
        headers, path = Headers(scope=scope), scope["path"]
        host = headers.get("host", "")
        if path == HEALTH and host != self.host and host.partition(":")[0] in NAMES and scope["type"] == "http":
            return await PlainTextResponse("ok", headers=_HEADERS)(
                scope, receive, send
            )  # to whoever watches over it from here
        if not self._at_home(scope["type"], headers):
            return await PlainTextResponse(REFUSED, status_code=403, headers=_HEADERS)(scope, receive, send)
        rest = path.removeprefix("/").removeprefix(self.path).removeprefix("/")
        if rest.startswith(CLOSED):
            return await PlainTextResponse(NOTHING, status_code=404, headers=_HEADERS)(scope, receive, send)
        if rest.startswith(UPLOADS) and not self._signed_in(HTTPConnection(scope).cookies):
            return await PlainTextResponse(REFUSED, status_code=403, headers=_HEADERS)(scope, receive, send)
        return await self.app(scope, receive, with_headers(send, _HEADERS))

    def _signed_in(self, cookies: Mapping[str, str]) -> bool:
        """Whether the cookie is one that was given to somebody who signed in: else strangers could fill the memory with files."""

        def one(name: str) -> bytes | None:
            value = cookies.get(name)
            return decode_signed_value(self.cookie_secret, name, value) if value else None

        return get_cookie_with_chunks(one, USER_COOKIE_NAME) is not None

    def _at_home(self, kind: str, headers: Headers) -> bool:
        if headers.getlist("host") != [self.host]:
            return False
        if self.https_header and headers.getlist(self.https_header) != ["https"]:
            return False
        origins = headers.getlist("origin")
        return origins == [self.origin] or (not origins and kind == "http")
