"""Takes a case file, or none; starts the dashboard on this machine and gives the exit code when it ends."""

from __future__ import annotations

import os
import sys
from pathlib import Path

MAIN = Path(__file__).parent / "main.py"

FLAGS = {  # flags win over a person's own settings of streamlit, which config.toml beside main.py does not
    "browser.gatherUsageStats": "false",
    "server.address": "127.0.0.1",
    "server.headless": "true",
    "server.fileWatcherType": "none",
    "client.showErrorDetails": "type",
    "client.showErrorLinks": "false",
    "client.toolbarMode": "minimal",
    "logger.level": "critical",  # below it streamlit prints what went wrong in full, and that may quote a record
}
CASE = "--case"


def launch(case: Path | None = None) -> int:
    """Serve the dashboard until Ctrl-C; streamlit chooses a free port and prints the address to open.

    case: the case file that every visit begins with. Products of matrices here are small: with more threads, the processors would mostly
    wait for one another.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # read when numpy is first imported, which is later
    from streamlit.web import cli

    flags = [word for name, value in FLAGS.items() for word in (f"--{name}", value)]
    begin = ["--", CASE, str(case.resolve())] if case else []
    try:
        cli.main(["run", str(MAIN), *flags, *begin], prog_name="streamlit", standalone_mode=False)
    except KeyboardInterrupt:
        pass
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else 1
    return 0


def launched_case(arguments: list[str] | None = None) -> Path | None:
    """The case file that the dashboard was started with, as the script that streamlit runs sees it.

    >>> launched_case(["main.py", "--case", "riverbank/case.toml"]).name
    'case.toml'
    """
    words = sys.argv if arguments is None else arguments
    return Path(words[words.index(CASE) + 1]) if CASE in words[1:-1] else None
