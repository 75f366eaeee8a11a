"""Takes a case file, or none; serves the dashboard on this machine to whoever has the address it prints, until it is ended."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from eia import budget
from eia.no_dumps import no_dumps

if TYPE_CHECKING:
    from eia.dashboard.serving.installation import Installation

MAIN = Path(__file__).parent / "main.py"

HOURS_KEPT = 12
"""So long a visit is kept whose page is not there: a lid that is shut, a page that is loaded again."""
SECONDS_KEPT_SHARED = 30
"""The same where many share one server: long enough for a page that is loaded again, and no longer, so that its memory is there for others."""
SETTINGS: dict[str, object] = {  # these win over the environment, and over a person's own settings of streamlit
    "browser.gatherUsageStats": False,
    "browser.serverAddress": "127.0.0.1",
    "client.showErrorDetails": "type",
    "client.showErrorLinks": False,
    "client.toolbarMode": "minimal",
    "runner.magicEnabled": False,  # else a text under a name in a page is shown on it
    "global.developmentMode": False,
    "logger.hideWelcomeMessage": False,  # it holds the address
    "logger.level": "critical",  # below it streamlit prints what went wrong in full, and that may quote a record
    "server.address": "127.0.0.1",
    "server.allowedHosts": ["127.0.0.1", "localhost"],
    "server.corsAllowedOrigins": [],
    "server.disconnectedSessionTTL": HOURS_KEPT * 3600,
    "server.enableAgentApi": False,
    "server.enableCORS": True,
    "server.enableStaticServing": False,
    "server.enableXsrfProtection": True,
    "server.fileWatcherType": "none",
    "server.headless": True,
    "server.maxUploadSize": budget.UPLOAD_MEGABYTES,
    "server.scriptHealthCheckEnabled": False,
    "server.trustedUserHeaders": {},
    "server.xsrfCookieSameSite": "strict",
}

_served: list[Path | None] = []  # the case, or None, that is served; empty where streamlit was started in another way
_shared: list[Installation] = []  # what many share, where they do


def launch(case: Path | None = None, shared: Installation | None = None) -> int:
    """Serve the dashboard until Ctrl-C, and give the exit code; streamlit chooses a free port and prints the address to open.

    case: the case file that every visit begins with. shared: the settings of an installation for many, which has an address of its own, and
    sign-in in place of a secret one. Products of matrices here are small: with more threads, the processors would mostly
    wait for one another. Uploads stay in memory: the parser of forms would put whatever is larger than 1 MB into the temporary folder.
    """
    no_dumps()
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # read when numpy is first imported, which is later
    from starlette.formparsers import MultiPartParser
    from starlette.middleware import Middleware
    from streamlit.starlette import App

    from eia.dashboard.gate import Gate, new_token
    from eia.dashboard.serving.departures import SeeingOff
    from eia.dashboard.serving.shared_gate import SharedGate
    from eia.dashboard.workers import waiting
    from eia.dashboard.workers.pool import Pool

    MultiPartParser.spool_max_size = (budget.UPLOAD_MEGABYTES + 1) * 2**20
    _served[:] = [case.resolve() if case else None]
    sys.argv = [str(MAIN)]  # streamlit looks for its settings beside it
    if shared is None:
        settings = {**SETTINGS, "server.baseUrlPath": (token := new_token())}
        if port := os.environ.get("STREAMLIT_SERVER_PORT", "").strip():
            if not port.isdecimal():
                sys.exit("STREAMLIT_SERVER_PORT is no number: set it to a port such as 8501, or unset it.")
            settings["server.port"] = int(port)
        app = App(MAIN, lifespan=SeeingOff(HOURS_KEPT * 3600), middleware=[Middleware(Gate, token=token)])
    else:
        _shared[:] = [shared]
        settings = {**SETTINGS, **shared.settings}
        closed = Middleware(
            SharedGate, host=shared.host, origin=shared.origin, path=shared.path, https_header=shared.https_header,
            cookie_secret=shared.sign_in.cookie_secret,
        )  # fmt: skip
        app = App(MAIN, secrets=shared.secrets, lifespan=SeeingOff(SECONDS_KEPT_SHARED), middleware=[closed])
        waiting.use(Pool(shared.limits.workers, shared.limits.worker_megabytes << 20))
    try:
        app.run(config=settings)
    except KeyboardInterrupt:
        pass
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else 1
    return 0


def launched() -> bool:
    """Whether this process serves the dashboard behind its gate, and not with settings that streamlit was given otherwise."""
    return bool(_served)


def launched_case() -> Path | None:
    """The case file that the dashboard was started with."""
    return _served[0] if _served else None


def launched_shared() -> Installation | None:
    """The settings of the installation, where many share it."""
    return _shared[0] if _shared else None
