"""The bootstrap: what it installs and when, what it refuses and how, and that nothing it started outlives it."""

from __future__ import annotations

import ast
import importlib.util
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[1]
posix_only = pytest.mark.skipif(os.name == "nt", reason="signals as POSIX has them")


def load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("start", ROOT / "start.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Folder:
    """A project folder where commands are noted instead of run; making .venv makes its python, a stand-in."""

    def __init__(self, start: ModuleType, path: Path) -> None:
        self.start = start
        self.path = path
        self.commands: list[list[str]] = []
        self.failing: Callable[[list[str]], bool] = lambda command: False

    def attend(self, command: list[str], **options: object) -> int:
        self.commands.append(command)
        if self.failing(command):
            return 3
        if command[1:3] == ["-m", "venv"]:
            shutil.rmtree(self.start.VENV, ignore_errors=True)
            Path(self.start.PYTHON).parent.mkdir(parents=True)
            Path(self.start.PYTHON).touch()
        return 0

    def does(self, *arguments: str) -> list[str]:
        """Run start.py with these arguments; say in short what it had done."""
        self.commands.clear()
        assert self.start.main(list(arguments)) == 0
        return self.steps()

    def steps(self) -> list[str]:
        return [
            " ".join(word for word in command[2:] if word not in ("--python", "--no-input"))
            for command in self.commands
        ]

    def refuses(self, *arguments: str) -> str:
        """Run start.py where it should stop; give the one sentence it says."""
        with pytest.raises(SystemExit) as stopped:
            self.start.main(list(arguments))
        sentence = stopped.value.code
        assert isinstance(sentence, str)
        assert sentence.startswith("start.py: ")
        assert "\n" not in sentence
        return sentence


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    path = tmp_path / "a folder"
    path.mkdir()
    (path / "pyproject.toml").write_text("[project]")
    (path / "constraints.txt").write_text("anyio==1.0 \\\n    --hash=sha256:0\nuv==1.2.3 \\\n    --hash=sha256:1\n")
    monkeypatch.chdir(tmp_path)  # start.py goes to its own folder; this brings the tests back
    monkeypatch.setenv("UV_CACHE_DIR", "unused")
    start = load()
    made = Folder(start, path)
    monkeypatch.setattr(start, "HERE", path)
    monkeypatch.setattr(start, "attend", made.attend)
    return made


PYTHON = str(Path(".venv") / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))
MADE = "venv --clear .venv"
UV = f"pip install -r {Path('.venv/uv.txt')}"
RUN = [f"uv pip install {PYTHON} -c constraints.txt -e .", "eia demo", "eia app --example"]
TEST = [f"uv pip install {PYTHON} -c constraints.txt -e .[dev]", "pytest"]


def test_run_makes_the_environment_then_the_demonstration_then_the_dashboard(folder: Folder) -> None:
    assert folder.does("run") == [MADE, UV, *RUN]


def test_test_makes_the_environment_then_runs_pytest(folder: Folder) -> None:
    assert folder.does("test") == [MADE, UV, *TEST]


def test_setup_makes_the_tests_environment_and_runs_nothing(folder: Folder) -> None:
    assert folder.does("setup") == [MADE, UV, TEST[0]]


def test_a_finished_environment_is_used_again_at_once_and_without_a_word(
    folder: Folder, capsys: pytest.CaptureFixture[str]
) -> None:
    folder.does("run")
    capsys.readouterr()
    assert folder.does("run") == RUN[1:]
    assert capsys.readouterr() == ("", "")


def test_what_the_tests_installed_serves_run_too(folder: Folder) -> None:
    folder.does("setup")
    assert folder.does("run") == RUN[1:]
    assert folder.does("test") == ["pytest"]


def test_the_tests_packages_are_added_to_what_run_installed(folder: Folder) -> None:
    folder.does("run")
    assert folder.does("test") == [UV, *TEST]
    assert folder.does("run") == RUN[1:]


@pytest.mark.parametrize("name", ["pyproject.toml", "constraints.txt"])
def test_a_change_to_what_is_wanted_makes_the_environment_anew(folder: Folder, name: str) -> None:
    folder.does("test")
    (folder.path / name).write_text("changed")
    assert folder.does("test") == [MADE, UV, *TEST]


def test_a_copied_folder_makes_its_own_environment(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.does("run")
    copy = folder.path.with_name("a copy")
    shutil.copytree(folder.path, copy)
    monkeypatch.setattr(folder.start, "HERE", copy)
    assert folder.does("run") == [MADE, UV, *RUN]


def test_an_environment_whose_python_is_gone_is_made_anew(folder: Folder) -> None:
    folder.does("run")
    (folder.path / PYTHON).unlink()
    assert folder.does("run") == [MADE, UV, *RUN]


def test_an_install_that_failed_leaves_no_stamp(folder: Folder) -> None:
    folder.failing = lambda command: "-e" in command
    folder.refuses("run")
    folder.failing = lambda command: False
    assert folder.does("run") == [MADE, UV, *RUN]


@pytest.mark.parametrize("failing", [UV, RUN[0]], ids=["uv does not install", "uv does not work"])
def test_pip_installs_the_same_where_uv_cannot(folder: Folder, failing: str) -> None:
    folder.failing = lambda command: folder.steps()[-1] == failing
    assert folder.does("run")[-4:] == [failing, f"pip install -c {Path('.venv/versions.txt')} -e .", *RUN[1:]]


def test_no_command_is_given_the_folders_path_which_may_hold_a_space(folder: Folder) -> None:
    folder.failing = lambda command: command[1:3] == ["-m", "uv"]
    folder.does("test")
    words = [word for command in folder.commands for word in command]
    assert not [word for word in words if str(folder.path) in word]


def test_every_command_is_a_module_of_the_environments_python_as_a_script_may_be_another_folders(
    folder: Folder,
) -> None:
    folder.does("test")
    assert {(command[0], command[1]) for command in folder.commands[1:]} == {(PYTHON, "-m")}


def test_pytest_is_handed_what_follows_test(folder: Folder) -> None:
    assert folder.does("test", "-k", "a or b", "--help")[-1] == "pytest -k a or b --help"
    assert folder.commands[-1][-2:] == ["a or b", "--help"]


def test_the_dashboard_does_not_open_when_the_demonstration_fails(folder: Folder) -> None:
    folder.failing = lambda command: command[-1] == "demo"
    assert folder.start.main(["run"]) == 3
    assert folder.steps()[-1] == "eia demo"


@pytest.mark.parametrize("arguments", [[], ["walk"], ["--help"], ["run", "fast"], ["setup", "-v"]], ids=" ".join)
def test_any_other_command_line_is_answered_with_what_can_be_said(folder: Folder, arguments: list[str]) -> None:
    assert re.search("'run', 'setup', or 'test'", folder.refuses(*arguments))
    assert not folder.commands


def test_a_folder_or_environment_of_somebody_else_is_refused(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda place, mode: False)
    assert "may not write to" in folder.refuses("run")
    (folder.path / ".venv").mkdir()
    assert "may not write to .venv" in folder.refuses("run")
    assert not folder.commands


@pytest.mark.parametrize("missing", ["venv", "ensurepip"])
def test_a_python_without_venv_is_told_what_to_install(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    real = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == missing else real(name))
    assert "apt install python3." in folder.refuses("run")
    assert not folder.commands


def test_an_environment_that_cannot_be_made_is_refused(folder: Folder) -> None:
    folder.failing = lambda command: "venv" in command
    assert "could not be made" in folder.refuses("run")


def test_packages_that_cannot_be_installed_are_refused_naming_the_log(folder: Folder) -> None:
    folder.failing = lambda command: "install" in command
    assert f"see {Path('.venv', 'install.log')}" in folder.refuses("run")


@pytest.mark.parametrize("version", [(3, 6, 15), (3, 10, 13)])
def test_an_old_python_is_told_which_to_install(monkeypatch: pytest.MonkeyPatch, version: tuple[int, ...]) -> None:
    monkeypatch.setattr(sys, "version_info", version)
    with pytest.raises(SystemExit, match=rf"needs Python 3\.11 or newer and this is 3\.{version[1]}"):
        load()


def test_an_old_python_can_read_the_file_as_far_as_that_sentence() -> None:
    ast.parse((ROOT / "start.py").read_text("ascii"), feature_version=(3, 6))


@pytest.mark.parametrize(
    ("present", "unwritable", "expected"),
    [
        (["home/.cache/uv"], [], True),
        (["home/.cache/uv"], ["home/.cache/uv"], False),
        (["home/.cache"], ["home/.cache"], False),
        (["home"], [], True),
        (["home"], ["home"], False),
        ([], [], False),
    ],
    ids=["cache", "cache of root", "caches of root", "new home", "home of root", "no home"],
)
def test_uv_caches_inside_the_environment_only_where_it_cannot_under_home(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, present: Sequence[str], unwritable: Sequence[str], expected: bool
) -> None:
    for place in present:
        Path(place).mkdir(parents=True)
    home = Path("home").absolute()
    denied = [Path(place).absolute() for place in unwritable]
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(home))
    for name in ("XDG_CACHE_HOME", "UV_CACHE_DIR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(os, "access", lambda place, mode: Path(place) not in denied)
    folder.does("run")
    assert os.environ.get("UV_CACHE_DIR") == (None if expected else str(Path(".venv", "uv-cache")))


def test_a_file_that_is_not_there_is_one_sentence_and_no_traceback(tmp_path: Path) -> None:
    copy = shutil.copy(ROOT / "start.py", tmp_path)
    done = subprocess.run([sys.executable, copy, "run"], capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr.startswith("start.py: ")
    assert done.stderr.count("\n") == 1


# A command that starts another and waits; both hold the pipe on which they said so, so its end is their end.
FAMILY = """
import signal, subprocess, sys, time
if "deaf" in sys.argv:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
if "grandchild" in sys.argv:
    subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
try:
    print("ready", flush=True)
    time.sleep(60)
except KeyboardInterrupt:
    print("tidied up", flush=True)
    sys.exit(7)
"""

ATTEND = """
import importlib.util, signal, sys
for number in (signal.SIGINT, signal.SIGHUP):  # ignored, where the tests themselves run behind nohup or &
    signal.signal(number, signal.default_int_handler)
spec = importlib.util.spec_from_file_location("start", sys.argv[1])
start = importlib.util.module_from_spec(spec)
spec.loader.exec_module(start)
start.listen()
start.GRACE = 0.3 if "deaf" in sys.argv else 30.0
start.attend([sys.executable, "-c", *sys.argv[3:]], alone=sys.argv[2] == "alone")
print("went on")
"""


def stopped(number: int, *, alone: bool, terminal: bool = False, family: Sequence[str] = ()) -> tuple[int, str]:
    """Stop a command under start.py by a signal, to start.py or as a terminal sends it; give exit code and output."""
    command = [sys.executable, "-c", ATTEND, str(ROOT / "start.py"), "alone" if alone else "together", FAMILY, *family]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True) as start:
        assert start.stdout is not None
        try:
            assert start.stdout.readline() == "ready\n"
            (os.killpg if terminal else os.kill)(start.pid, number)
            said, _ = start.communicate(timeout=20)  # returns once nobody holds the pipe any more
        finally:
            if start.poll() is None:
                os.killpg(start.pid, signal.SIGKILL)
        return start.returncode, said


@posix_only
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_a_signal_to_stop_leaves_neither_the_dashboard_nor_what_it_started(name: str) -> None:
    number = getattr(signal, name)
    code, said = stopped(number, alone=True, terminal=name == "SIGINT", family=["grandchild"])
    assert (code, said) == ((7, "tidied up\n") if name == "SIGINT" else (128 + number, ""))


@posix_only
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_a_dashboard_deaf_to_signals_is_killed_after_a_while(name: str) -> None:
    assert stopped(getattr(signal, name), alone=True, family=["deaf", "grandchild"]) == (128 + 9, "")


@posix_only
def test_pytest_hears_ctrl_c_once_and_any_other_signal_as_ctrl_c_so_it_tidies_up() -> None:
    assert stopped(signal.SIGINT, alone=False, terminal=True) == (7, "tidied up\n")
    assert stopped(signal.SIGTERM, alone=False) == (7, "tidied up\n")


@posix_only
def test_tests_deaf_to_signals_are_killed_after_a_while() -> None:
    assert stopped(signal.SIGTERM, alone=False, family=["deaf"]) == (128 + 9, "")


@posix_only
def test_the_exit_code_is_the_commands_own() -> None:
    start = load()
    assert start.attend([sys.executable, "-c", "raise SystemExit(5)"], alone=True) == 5
    assert start.attend([sys.executable, "-c", "import os; os.kill(os.getpid(), 15)"]) == 128 + 15


@pytest.mark.skipif(shutil.which("make") is None, reason="no make here")
def test_bare_make_lists_every_target_with_what_it_does() -> None:
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), flags=re.MULTILINE)
    listed = subprocess.run(
        ["make", "--no-print-directory"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    assert re.findall(r"^ *make (\w+) +\S.*$", listed, flags=re.MULTILINE) == targets
    assert {"run", "test", "check", "format", "bench", "clean"} <= set(targets)


def test_the_makefile_names_no_absolute_path() -> None:
    assert not re.search(r"(?<![\w.*])/\w|\$\((CURDIR|PWD|abspath|realpath)", (ROOT / "Makefile").read_text())
