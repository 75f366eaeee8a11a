"""A case file from somebody else is bounded before it is read, opens nothing outside its own folder, and steers no terminal."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from made import pools, run, write

from eia.case import Case, parse_case, read_case
from eia.dashboard.open_files import from_disk, headers
from eia.errors import EiaError, Fault, message
from eia.intake.evidence import read_evidence
from eia.intake.examples import examples

FOUND_PEOPLE = pools(A=(12, 20, 2, 20), B=(10, 20, 3, 20))
ESCAPE = "\x1b]0;owned\x07"
ABOVE = ("../staff.csv", "below/../../staff.csv", "..\\staff.csv", "below\\..\\..\\staff.csv", "..")
ANYWHERE = (
    "/etc/passwd",
    "C:\\staff.csv",
    "C:staff.csv",
    "\\staff.csv",
    "//server/share/a.csv",
    "\\\\server\\share\\a.csv",
    "\\\\?\\C:\\a.csv",
)
KINDS = (
    "workforce",
    "counts",
    "selections",
    "leave",
    "vacancies",
    "offers",
    "whole_workforce",
    "scores",
    "absences",
    "posts",
    "proposed_posts",
)


def refused(text: str) -> list[str]:
    with pytest.raises(EiaError) as error:
        parse_case(text)
    assert len(str(error.value)) < 20_000
    return [fault.code for fault in error.value.faults]


def seconds(program: str, *arguments: object, of: int = 20) -> subprocess.CompletedProcess[str]:
    """Run a few lines of Python in a process of its own that may take so many seconds and 1 GB."""
    limit = (
        "import resource\nresource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))\n" if os.name == "posix" else ""
    )
    command = [sys.executable, "-c", limit + program, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=of, check=False)


READ = "import sys\nfrom eia.case import read_case\nfrom eia.errors import EiaError\ntry:\n    read_case(sys.argv[1])\nexcept EiaError as error:\n    print(*[fault.code for fault in error.faults])"


@pytest.mark.skipif(os.name != "posix", reason="devices and pipes of POSIX")
@pytest.mark.parametrize("kind", ["device", "pipe", "link to a device", "folder"])
def test_what_is_no_file_is_not_opened(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "case.toml"
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    else:
        path = Path("/dev/zero") if kind == "device" else path
        if kind != "device":
            path.symlink_to("/dev/zero")
    assert seconds(READ, path).stdout.split() == ["case-unreadable"]


def test_a_case_over_its_size_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "case.toml"
    with path.open("wb") as file:
        file.truncate(500 << 20)
    assert seconds(READ, path).stdout.split() == ["case-too-large"]
    assert refused("#" * (1 << 20) + "\n") == ["case-too-large"]


@pytest.mark.parametrize(
    "text",
    [
        "".join(f"key{number} = {number}\n" for number in range(60_000)),
        "\n".join(".".join(f"a{step}" for step in range(40)) + f".b{number} = 1" for number in range(5_000)),
        "a = " + "[" * 100_000,
        ".".join("a" * 100_000) + " = 1",
        "a" * 900_000 + " = 1",
        "[pools]\n" + "".join(f'"{number}" = {{ to_go = -1 }}\n' for number in range(30_000)),
    ],
    ids=["keys", "dotted keys", "lists in lists", "tables in tables", "one key", "pools"],
)
def test_a_case_within_its_size_is_refused_soon_and_in_few_words(text: str, tmp_path: Path) -> None:
    path = tmp_path / "case.toml"
    path.write_text(f"format = 1\n{text}", encoding="utf-8")
    done = seconds(READ, path)
    assert done.returncode == 0, done.stderr[-500:]
    assert 1 <= len(done.stdout.split()) <= 21


@pytest.mark.parametrize("bad", ["\\u0000", "\\u001b[31m", "\\u0007", "\\u007f"])
@pytest.mark.parametrize(
    "line",
    ['title = "@"', 'proposal = "@"', '[employer]\nname = "@"', '[files]\nworkforce = "@"', '[files]\nsheet = "@"', '[files]\nlater = ["@"]',
     '[columns]\nsex = "@"', '[columns]\n"@" = "x"', '[pools."@"]', '[outcomes]\n"@" = "selected"', '[categories.labels.sex]\n"@" = "Female"',
     '[consultation]\nestablishment = "@"'],
)  # fmt: skip
def test_text_that_is_no_text_is_refused_wherever_it_stands(line: str, bad: str) -> None:
    assert "case-value" in refused("format = 1\n" + line.replace("@", f"a{bad}b"))


@pytest.mark.parametrize("key", ["\\u0000", "\\u001b[31m"])
def test_keys_too(key: str) -> None:
    with pytest.raises(EiaError) as error:
        parse_case(f'format = 1\n"{key}" = 1\n["{key}"]\nx = 1' if key == "\\u0000" else f'format = 1\n"{key}" = 1')
    assert not {"\0", "\x1b"} & set(str(error.value))


def test_whatever_a_fault_holds_it_only_shows() -> None:
    fault = Fault(
        code="x",
        what=f"a{ESCAPE}",
        file=ESCAPE,
        sheet=ESCAPE,
        column=ESCAPE,
        allowed=f"b\n{ESCAPE}c\u202e",
        do=f"d{ESCAPE}\r",
    )
    assert not {"\x1b", "\x07", "\r", "\u202e"} & set(message([fault]))


def test_what_is_allowed_is_said_without_what_steers_a_terminal() -> None:
    with pytest.raises(EiaError) as error:
        parse_case('format = 1\n[categories.labels."a\\u009b31m\\u202e"]\nx = "y"')
    assert "labels of no characteristic" in str(error.value)
    assert not {"\x9b", "\u202e"} & set(str(error.value))


@pytest.mark.parametrize("name", [*ABOVE, *ANYWHERE])
@pytest.mark.parametrize("kind", KINDS)
def test_a_case_names_nothing_outside_its_folder(kind: str, name: str, tmp_path: Path) -> None:
    (tmp_path / "case" / "below").mkdir(parents=True)
    write(tmp_path, "staff.csv", FOUND_PEOPLE)
    write(tmp_path / "case", "main.csv", FOUND_PEOPLE)
    beside = {
        "offers": {"vacancies": "main.csv", "leave": "main.csv"},
        "vacancies": {"leave": "main.csv"},
        "proposed_posts": {"posts": "main.csv"},
    }
    files = {
        **({} if kind in ("workforce", "counts") else {"workforce": "main.csv"}),
        **beside.get(kind, {}),
        kind: name,
    }
    with pytest.raises(EiaError) as error:
        read_evidence(Case.model_validate({"files": files}), folder=tmp_path / "case")
    assert "file-elsewhere" in {fault.code for fault in error.value.faults}
    (told,) = [fault for fault in error.value.faults if fault.code == "file-elsewhere"]
    assert (told.column, f"--{kind}" in str(told.do)) == (kind, kind in ("selections", "scores", "absences", "posts"))


@pytest.mark.parametrize("kind", ["later", "earlier"])
def test_nor_in_a_list(kind: str, tmp_path: Path) -> None:
    write(tmp_path, "main.csv", FOUND_PEOPLE)
    with pytest.raises(EiaError) as error:
        read_evidence(Case.model_validate({"files": {"workforce": "main.csv", kind: ("../a.csv",)}}), folder=tmp_path)
    assert [fault.code for fault in error.value.faults] == ["file-elsewhere"]


def test_nor_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "case").mkdir()
    staff = write(tmp_path, "staff.csv", FOUND_PEOPLE)
    (tmp_path / "case" / "staff.csv").symlink_to(staff)
    path = write(tmp_path / "case", "case.toml", 'format = 1\n[files]\nworkforce = "staff.csv"\n')
    assert (run("assess", path).code, run("check", path).code) == (2, 2)
    with pytest.raises(EiaError):
        headers(*from_disk(path))


def test_nor_does_the_list_of_leave_that_is_read_alone(tmp_path: Path) -> None:
    path = write(tmp_path, "case.toml", 'format = 1\n[files]\nleave = "/dev/zero"\n')
    assert "outside its own folder" in run("priority", path).err


def test_a_file_below_is_read_and_one_elsewhere_on_the_command_line(tmp_path: Path) -> None:
    (tmp_path / "case" / "below").mkdir(parents=True)
    write(
        tmp_path / "case" / "below",
        "staff.csv",
        "ref,sex,pool\n" + "".join(f"{n},{'FM'[n % 2]},A\n" for n in range(20)),
    )
    chosen = write(
        tmp_path, "chosen.csv", "ref,outcome\n" + "".join(f"{n},{'yes' if n < 6 else 'no'}\n" for n in range(20))
    )
    path = write(tmp_path / "case", "case.toml", 'format = 1\n[files]\nworkforce = "below/staff.csv"\n')
    assert run("assess", path, "--selections", chosen, "--out", tmp_path / "out").code == 0


def test_a_case_is_not_saved_where_it_could_not_be_read(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    staff = write(tmp_path / "a", "staff.csv", FOUND_PEOPLE)
    assert "outside its own folder" in run("check", staff, "--save", tmp_path / "b" / "case.toml").err
    assert run("check", staff, "--save", tmp_path / "a" / "case.toml").code == 0
    assert run("check", staff, "--save", tmp_path / "case.toml").code == 0
    assert read_case(tmp_path / "case.toml").files.workforce == "a/staff.csv"


@pytest.mark.parametrize("name", examples())
def test_the_examples_name_what_is_beside_them(name: str) -> None:
    files = read_case(examples()[name]).files.model_dump(exclude_none=True)
    assert all(
        (examples()[name].parent / named).is_file()
        for key, named in files.items()
        if isinstance(named, str) and not key.endswith("sheet")
    )
