"""A sign-in service for tests: it speaks OpenID Connect, and signs everybody in at once, with the claims that it is given."""

from __future__ import annotations

import json
import secrets
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey


class SignInService(ThreadingHTTPServer):
    """It, at a free port of this computer. claims: those of whoever comes next."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.issuer = f"http://127.0.0.1:{self.server_address[1]}"
        self.key = RSAKey.generate_key(2048, {"kid": "one", "use": "sig", "alg": "RS256"})
        self.claims: dict[str, object] = {}
        self.asked: dict[str, dict[str, str]] = {}

    def signed(self, code: str) -> str:
        """What is told of whoever was given this code."""
        asked, now = self.asked[code], int(time.time())
        told = {"iss": self.issuer, "aud": asked["client_id"], "iat": now, "exp": now + 600, "nonce": asked["nonce"]}
        return jwt.encode({"alg": "RS256", "kid": "one"}, told | self.claims, self.key)


class _Answer(BaseHTTPRequestHandler):
    server: SignInService

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        parts, at = urlsplit(self.path), self.server.issuer
        if parts.path == "/authorize":
            self._send_back({name: values[0] for name, values in parse_qs(parts.query).items()})
        elif parts.path == "/keys":
            self._say({"keys": [self.server.key.as_dict(private=False)]})
        else:
            self._say(
                {"issuer": at, "authorization_endpoint": f"{at}/authorize", "token_endpoint": f"{at}/token", "jwks_uri": f"{at}/keys",
                 "id_token_signing_alg_values_supported": ["RS256"], "code_challenge_methods_supported": ["S256"]}
            )  # fmt: skip

    def _send_back(self, asked: dict[str, str]) -> None:
        code = secrets.token_hex(8)
        self.server.asked[code] = asked
        self.send_response(302)
        self.send_header("Location", f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}")
        self.end_headers()

    def do_POST(self) -> None:
        given = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        self._say(
            {
                "access_token": "none",
                "token_type": "Bearer",
                "expires_in": 600,
                "id_token": self.server.signed(given["code"][0]),
            }
        )

    def _say(self, told: object) -> None:
        body = json.dumps(told).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
