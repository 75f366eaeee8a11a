"""Takes the settings of a shared installation, a TOML file; gives the Installation, or every fault in them at once.

It does not come about without sign-in, nor where a network could reach it past the proxy that ends TLS.
"""

from __future__ import annotations

import difflib
import importlib.util
import ipaddress
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import SplitResult, urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, ValidationInfo
from pydantic_core import PydanticCustomError

from eia import budget
from eia.errors import EiaError, Fault, inert
from eia.reading import read_file

LOOPBACK = ("127.0.0.1", "localhost", "::1")
_SECRET_BYTES = 4096
_SHORTEST_SECRET = 32


def _not(code: str, what: str, allowed: str, do: str) -> PydanticCustomError:
    """A fault of a value, as pydantic carries it."""
    return PydanticCustomError(code, "{what}", {"what": what, "allowed": allowed, "do": do})


def _address(text: str) -> str:
    try:
        parts = urlsplit(text)
        plain = parts.scheme == "http" and parts.hostname in LOOPBACK
        fits = bool(parts.hostname) and parts.port != 0 and not (parts.query or parts.fragment or parts.username)
    except ValueError:
        plain = fits = False
        parts = SplitResult("", "", "", "", "")
    if not fits or not (plain or parts.scheme == "https"):
        raise _not("shared-address", "The address is not one that people can open over an encrypted connection.",
                   "https://, a name, and a path where there is one; http:// on this computer alone, to try it", "Give the address as people will type it.")  # fmt: skip
    return text.rstrip("/")


def _https(text: str) -> str:
    parts = urlsplit(text)
    if not (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)):
        raise _not("shared-provider", "The address of the sign-in service is not encrypted.",
                   "https://…/.well-known/openid-configuration", "Copy it from the pages of the sign-in service.")  # fmt: skip
    return text


def _listen(text: str) -> str:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        raise _not("shared-listen", "The address to listen at is not one of this computer's.", "127.0.0.1, or 0.0.0.0 in a container",
                   "Leave it out where the proxy is on the same computer.") from None  # fmt: skip
    return text


def _secret(name: object, info: ValidationInfo) -> str:
    """The secret in a file: never in the settings themselves, which people show to one another."""
    try:
        secret = read_file(Path(str(info.context), str(name)), _SECRET_BYTES).decode().strip()
    except (OSError, UnicodeDecodeError):
        raise _not("shared-secret-file", "A file with a secret cannot be read.", "a file with the secret alone, as text",
                   "Check its name, and that the user who runs this may read it.") from None  # fmt: skip
    if not secret:
        raise _not(
            "shared-secret-empty",
            "A file with a secret is empty.",
            "a file with the secret alone",
            "Write the secret into it.",
        )
    return secret


def _long(secret: str) -> str:
    if len(secret) < _SHORTEST_SECRET:
        raise _not("shared-secret-short", f"The secret that signs cookies has fewer than {_SHORTEST_SECRET} characters.",
                   f"{_SHORTEST_SECRET} characters or more, drawn by chance", "Make one with: openssl rand -hex 32")  # fmt: skip
    return secret


def _tls(header: str, info: ValidationInfo) -> str:
    if not header and info.data.get("listen", LOOPBACK[0]) not in LOOPBACK:
        raise _not("shared-no-tls", "Others on the network could reach this past the proxy that encrypts.",
                   'the header in which the proxy says how it was reached, such as https_header = "X-Forwarded-Proto"',
                   "Listen at 127.0.0.1; or have the proxy set that header on every request, and name it.")  # fmt: skip
    return header


Secret = Annotated[str, BeforeValidator(_secret)]


class _Settings(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class SignIn(_Settings):
    """How people sign in, by OpenID Connect, and what they may see.

    metadata: where the service says what it is. roles_claim: what it calls the roles, or groups, of a person. may_open: those who may
    open the tool; everybody who can sign in where none are named. confidential: those who may see the editions with small groups.
    """

    metadata: Annotated[str, AfterValidator(_https)]
    client_id: Annotated[str, Field(min_length=1)]
    client_secret: Secret = Field(alias="client_secret_file")
    cookie_secret: Annotated[Secret, AfterValidator(_long)] = Field(alias="cookie_secret_file")
    roles_claim: str = "roles"
    may_open: tuple[str, ...] = ()
    confidential: tuple[str, ...]


class Limits(_Settings):
    """How much is taken on at once. visits: pages open at a time. workers: processes that assess; as many as processors where it is not said."""

    upload_megabytes: Annotated[int, Field(ge=1, le=budget.UPLOAD_MEGABYTES)] = 100
    visits: Annotated[int, Field(ge=1, le=1000)] = 50
    workers: Annotated[int, Field(ge=2, le=64)] | None = None
    worker_megabytes: Annotated[int, Field(ge=512)] = budget.WORKER_MEMORY >> 20


class Installation(_Settings):
    """A shared installation.

    address: what people type. listen, port: where the server waits for the proxy. https_header: in which the proxy says "https".
    """

    format: Literal[1]
    address: Annotated[str, AfterValidator(_address)]
    listen: Annotated[str, AfterValidator(_listen)] = LOOPBACK[0]
    port: Annotated[int, Field(ge=1, le=65535)] = 8501
    https_header: Annotated[str, AfterValidator(_tls), Field(validate_default=True)] = ""
    sign_in: SignIn
    limits: Limits = Limits()

    @property
    def host(self) -> str:
        """The name in the address, with its port where it has one."""
        return urlsplit(self.address).netloc

    @property
    def path(self) -> str:
        """The path in the address, without slashes around it."""
        return urlsplit(self.address).path.strip("/")

    @property
    def origin(self) -> str:
        """What a browser names as the origin of its pages."""
        return f"{urlsplit(self.address).scheme}://{self.host}"

    @property
    def settings(self) -> Mapping[str, object]:
        """Streamlit's settings in which it differs from an installation of one's own."""
        return {
            "browser.serverAddress": urlsplit(self.address).hostname, "server.address": self.listen, "server.port": self.port,
            "server.allowedHosts": [urlsplit(self.address).hostname], "server.baseUrlPath": self.path,
            "server.maxUploadSize": self.limits.upload_megabytes, "logger.hideWelcomeMessage": True,
        }  # fmt: skip

    @property
    def secrets(self) -> Mapping[str, Any]:
        """What streamlit wants to know to have people sign in."""
        return {"auth": {"redirect_uri": f"{self.address}/oauth2callback", "cookie_secret": self.sign_in.cookie_secret,
                         "client_id": self.sign_in.client_id, "client_secret": self.sign_in.client_secret,
                         "server_metadata_url": self.sign_in.metadata}}  # fmt: skip


def read_installation(path: Path) -> Installation:
    """Read and check the settings. Raises EiaError with every fault in them."""
    try:
        values = tomllib.loads(read_file(path, budget.CASE_BYTES).decode("utf-8-sig"))
    except (OSError, ValueError, RecursionError):
        raise EiaError(Fault(code="shared-unreadable", what="The settings of the shared installation cannot be read.", file=path.name,
                             allowed="a TOML file saved as UTF-8", do="Start from the example in docs/guide/shared-installation.md.")) from None  # fmt: skip
    faults = [] if importlib.util.find_spec("authlib") else [_no_library(path.name)]
    try:
        made = Installation.model_validate(values, context=path.parent)
    except ValidationError as error:
        faults += [_fault(dict(one), path.name) for one in error.errors(include_input=False, include_url=False)]
    if faults:
        raise EiaError(faults) from None
    return made


def _no_library(file: str) -> Fault:
    return Fault(code="shared-no-library", what="The package that signs people in is not installed.", file=file,
                 allowed="the extra “shared”", do='Install it: pip install "eia-toolkit[shared]".')  # fmt: skip


def _fault(problem: dict[str, Any], file: str) -> Fault:
    """One of pydantic's problems in our words, without the value that was found."""
    where, context = ".".join(inert(str(step)) for step in problem["loc"]), problem.get("ctx", {})
    if "do" in context:
        return Fault(
            code=problem["type"],
            what=context["what"],
            file=file,
            column=where,
            allowed=context["allowed"],
            do=context["do"],
        )
    if problem["type"] == "missing" and where == "sign_in":
        return Fault(code="shared-no-sign-in", what="Nobody would have to sign in.", file=file, column=where, allowed="a heading [sign_in]",
                     do="Name the service that people sign in with.")  # fmt: skip
    if problem["type"] == "extra_forbidden":
        known = [name for part in (Installation, SignIn, Limits) for name in _names(part)]
        near = difflib.get_close_matches(str(problem["loc"][-1])[:40], known, n=1, cutoff=0.5)
        return Fault(code="shared-unknown-key", what="The settings have a key that is not known.", file=file, column=where, allowed=", ".join(known),
                     do=f"Did you mean “{near[0]}”? Rename it, or remove it." if near else "Remove it.")  # fmt: skip
    return Fault(code="shared-missing" if problem["type"] == "missing" else "shared-value", what="A setting is missing or not allowed.", file=file,
                 column=where, allowed=str(problem["msg"]).removeprefix("Input should be "), do="Change it in the settings.")  # fmt: skip


def _names(part: type[BaseModel]) -> list[str]:
    return [field.alias or name for name, field in part.model_fields.items()]
