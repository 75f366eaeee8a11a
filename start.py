"""Make the environment, then run the toolkit or its tests, from a bare clone.

``python3 start.py run`` (Windows: ``py start.py run``) assesses the bundled example and opens the dashboard on it;
``test`` runs the tests and hands pytest what follows; ``setup`` only makes the environment. ``make`` calls this file.
Only Python is needed. Packages go into ``.venv`` beside this file, by uv or else by pip, at the versions in
``constraints.txt``. A stamp written last names the folder and what was installed, so a finished environment is used
again without a network, and a copied, outdated or half-made one is made anew.
"""

import hashlib
import importlib.util
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import BinaryIO

NEEDED = (3, 11)
if sys.version_info < NEEDED:  # Python 3.6 gets as far as this sentence, so the file uses no newer syntax
    sys.exit(
        "start.py: the toolkit needs Python 3.11 or newer and this is {}.{}: install one from python.org (where it is "
        "not called python3, say for example 'make run PYTHON=python3.13').".format(*sys.version_info[:2])
    )

HERE = Path(__file__).resolve().parent
VENV = Path(".venv")  # relative, as every path here: main() goes to HERE, and some tools break at a space in a path
PYTHON = str(VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))
STAMP = VENV / "installed"
LOG = VENV / "install.log"
WANTED = {"run": ".", "test": ".[dev]", "setup": ".[dev]"}
KILL = 9  # signal.SIGKILL, a name Windows lacks
UV_WITH_HASHES = r"^uv==.*\n(?: .*\n)*"  # a version with a backslash, and its hashes in the lines below
VERSIONS = r"^[^ \n].*?(?= \\$)"  # without hashes: with them, pip refuses to install what is in a folder
GRACE = 10.0  # seconds a command has to end by itself once it is told to
CAUGHT: list[int] = []  # signals to stop (Python 2 stops at this line: the toolkit needs Python 3.11 or newer)


def main(arguments: list[str]) -> int:
    """Do what the command line asks; give the exit code of the last command that ran."""
    mode, rest = (arguments[0], arguments[1:]) if arguments else ("", [])
    if mode not in WANTED or (rest and mode != "test"):
        sys.exit("start.py: say 'run', 'setup', or 'test' with any arguments for pytest.")
    os.chdir(HERE)
    prepare(WANTED[mode])
    if mode == "run":
        toolkit = [PYTHON, "-m", "eia"]
        return attend([*toolkit, "demo"], alone=True) or attend([*toolkit, "app", "--example"], alone=True)
    return attend([PYTHON, "-m", "pytest", *rest]) if mode == "test" else 0


def prepare(wanted: str) -> None:
    """Use the environment there is if its stamp is right; otherwise make one, install, and write the stamp last."""
    found = STAMP.read_bytes() if os.path.exists(PYTHON) and os.path.exists(STAMP) else b""
    if found in (stamp(wanted), stamp(WANTED["test"])):  # what the tests need holds all that `run` needs
        return
    place = VENV if os.path.lexists(VENV) else HERE
    if not os.access(place, os.W_OK):
        sys.exit(f"start.py: you may not write to {place}: run this as its owner, or in a copy of your own.")
    if found != stamp(WANTED["run"]):  # what `run` installed is kept, and the tests' packages added
        make_venv()
    print("Installing packages, this once: a minute or two, most of it downloading ...", flush=True)
    if not cache_is_writable():
        os.environ.setdefault("UV_CACHE_DIR", str(VENV / "uv-cache"))
    pip, uv = [PYTHON, "-m", "pip", "install", "--no-input"], [PYTHON, "-m", "uv", "pip", "install", "--python", PYTHON]
    pinned = [
        "-c",
        "constraints.txt",
    ]  # with hashes, which uv checks; as UV_CONSTRAINT or PIP_CONSTRAINT, a path splits at spaces
    with LOG.open("wb") as log:
        if attend([*pip, "-r", lines_of(UV_WITH_HASHES, "uv.txt")], log=log) or attend(
            [*uv, *pinned, "-e", wanted], log=log
        ):
            print("That did not work with uv. Now with pip, whose settings uv does not read ...", flush=True)
            if attend([*pip, "-c", lines_of(VERSIONS, "versions.txt"), "-e", wanted], log=log):
                sys.exit(
                    f"start.py: packages did not install (no network? disk full?): see {LOG}, then run this again."
                )
    STAMP.write_bytes(stamp(wanted))


def lines_of(pattern: str, name: str) -> str:
    """Write what of constraints.txt the pattern keeps, and give that file."""
    kept = re.findall(pattern, Path("constraints.txt").read_text(encoding="utf-8"), re.MULTILINE)
    (VENV / name).write_text("\n".join(kept), encoding="utf-8")
    return str(VENV / name)


def stamp(wanted: str) -> bytes:
    """Say what a finished environment is: this folder, what was asked for, and the two files that decide the rest."""
    files = Path("pyproject.toml").read_bytes() + Path("constraints.txt").read_bytes()
    return b"\n".join([os.fsencode(HERE), wanted.encode(), hashlib.sha256(files).hexdigest().encode(), b""])


def make_venv() -> None:
    """Make an empty environment in place of any there is."""
    if not (importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip")):
        package = "python{}.{}-venv".format(*sys.version_info[:2])
        sys.exit(f"start.py: this Python lacks venv: install it (Debian: 'apt install {package}') and run this again.")
    print("Making an environment in .venv ...", flush=True)
    base = getattr(sys, "_base_executable", sys.executable)  # never the python of the .venv about to be cleared
    if attend([base, "-m", "venv", "--clear", str(VENV)]):
        sys.exit("start.py: .venv could not be made, as said above: delete .venv, then run this again.")


def cache_is_writable() -> bool:
    """Tell whether uv can keep its cache where it would, under the user's home."""
    home = Path(os.path.expanduser("~"))
    cache = Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache")
    return next((os.access(place, os.W_OK) for place in (cache / "uv", cache, home) if os.path.exists(place)), False)


def attend(command: list[str], alone: bool = False, log: BinaryIO | None = None) -> int:
    """Run a command and give its exit code. Told to stop, stop the command, see it gone, and exit with its code.

    A command ``alone`` has no keyboard and leads a group of its own, so that all it started ends with it. Any other
    shares the terminal (pytest's debugger needs it) and hears Ctrl-C from there.
    """
    keyboard = subprocess.DEVNULL if alone else None
    child = subprocess.Popen(command, stdin=keyboard, stdout=log, stderr=log, start_new_session=alone)
    while child.poll() is None and not CAUGHT:
        time.sleep(0.05)
    if CAUGHT:
        tell(child, CAUGHT[0], alone)
        deadline = time.monotonic() + GRACE
        while child.poll() is None and time.monotonic() < deadline:
            time.sleep(0.05)
        tell(child, KILL, alone)
    code = child.wait()
    code = code if code >= 0 else 128 - code  # ended by a signal: as shells say it
    return sys.exit(code) if CAUGHT else code


def tell(child: "subprocess.Popen[bytes]", number: int, alone: bool) -> None:
    """Pass a signal on to a command and, if it is ``alone``, to all it started. KILL ends whatever is left."""
    try:
        if os.name == "nt":  # there Ctrl-C reaches every program in the window by itself
            if number == KILL:
                subprocess.run(["taskkill", "/T", "/F", "/PID", str(child.pid)], capture_output=True, check=False)
        elif alone:
            os.killpg(child.pid, number)
        elif number != signal.SIGINT:  # as Ctrl-C, which pytest tidies up after
            child.send_signal(KILL if number == KILL else signal.SIGINT)
    except (ProcessLookupError, PermissionError):
        pass  # gone already


def listen() -> None:
    """Note every signal to stop instead of dying of it, for ``attend`` to act on. What is ignored (nohup) stays so."""
    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK"):  # each system lacks some
        number = getattr(signal, name, signal.SIGINT)
        if signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, lambda caught, _: CAUGHT.append(caught))


if __name__ == "__main__":
    listen()
    try:
        sys.exit(main(sys.argv[1:]))
    except OSError as error:
        sys.exit(f"start.py: {error}: put that right, then run it again.")
