"""The command line: what it prints, what it writes, and the code that it ends with."""

from __future__ import annotations

import datetime as dt
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from made import CANARY, Reply, one, pools, run, write

import eia
from eia.case import read_case
from eia.findings.record import from_json
from eia.intake.examples import examples
from eia.law.lookup import standing
from eia.present.documents.write_report import DOCUMENTS
from eia.present.formats.paper_files import file_names
from eia.present.sections.law import CHECK
from eia.present.text.narrative import answers
from eia.present.text.words import QUESTIONS

REPORT = {f"{name}{ending}" for name in DOCUMENTS for ending in (".html", ".md")} | {
    "assessment.json",
    "charts",
    "charts.zip",
}
REPORT |= {file for name in DOCUMENTS for file in file_names(name)}
FOUND = pools(A=(12, 20, 2, 20), B=(10, 20, 3, 20))
ONLY_FOR = b"religion,pool,outcome\n" + b"Muslim,A,retained\n" * 30 + b"".join(
    f"{religion},A,{outcome}\n".encode() * times
    for religion in ("Christian", "Hindu", "Sikh", "No religion")
    for outcome, times in (("selected", 5), ("retained", 5))
)  # fmt: skip
FOUND_IN_RANGES = b"characteristic,group,pool,people,selected\nsex,F,A,60,40\nsex,M,A,60,<5\n"
VACANCIES = [f"V{number}" for number in range(101, 107)]
NOTHING = pools(A=(100, 500, 100, 500))


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def printed(*arguments: object, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """What the real command does in a process of its own."""
    command = [sys.executable, "-m", "eia", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, env={**os.environ, **environment}, check=False)


def test_version_and_help() -> None:
    assert run("--version") == Reply(0, f"eia {eia.__version__}\n", "")
    shown = run("--help")
    assert shown.code == 0
    assert all(command in shown.out for command in ("assess", "check", "demo", "example", "app"))


@pytest.mark.parametrize(
    "arguments", [("assess",), ("assess", "a.csv", "--colour"), ("mend",), ("assess", "a.csv", "--question", "why")]
)
def test_a_command_that_is_none_is_refused_without_a_traceback(arguments: tuple[str, ...]) -> None:
    reply = run(*arguments)
    assert reply.code == 2
    assert "Usage" in reply.err
    assert "Traceback" not in reply.err


@pytest.mark.parametrize("name", ["millbrook", "meacham", "ricci", "university-2010"])
def test_a_case_is_assessed_printed_and_written(name: str, tmp_path: Path) -> None:
    reply = run("assess", examples()[name], "--out", "out")
    assert (reply.code, reply.err) == (0, "")
    assert reply.out.startswith("CONFIDENTIAL")
    assert read_case(examples()[name]).title in reply.out
    assert "Five questions to ask" in reply.out
    assert {path.name for path in (tmp_path / "out/confidential").iterdir()} == REPORT
    findings, _, written = reply.out.partition("out/confidential")
    assert max(map(len, findings.splitlines())) <= 88
    assert "out/publishable" in written


@pytest.mark.slow
def test_people_and_counts_are_assessed_without_a_case(tmp_path: Path) -> None:
    assert run("assess", write(tmp_path, "staff.csv", FOUND)).code == 0
    assert {path.name for path in (tmp_path / "reports/staff/confidential").iterdir()} >= REPORT
    counts = write(tmp_path, "counts.csv", "characteristic,group,pool,people,selected\nsex,F,A,20,9\nsex,M,A,20,2\n")
    assert "Clear gap" in run("assess", counts).out


def test_selections_are_joined(tmp_path: Path) -> None:
    staff = write(tmp_path, "staff.csv", "ref,sex\n" + "".join(f"{i},{'FM'[i % 2]}\n" for i in range(40)))
    chosen = write(
        tmp_path, "chosen.csv", "ref,pool,outcome\n" + "".join(f"{i},A,{'no' if i % 2 else 'yes'}\n" for i in range(20))
    )
    reply = run("assess", staff, "--selections", chosen, "--out", "out")
    record = from_json((tmp_path / "out/confidential/assessment.json").read_text(encoding="utf-8"))
    women = one(record, "selection", "Female")
    assert (women.level, women.direction, women.excess) == ("found", "against", pytest.approx(5))
    assert dict(answers(record))[QUESTIONS["selection"]][:40] in " ".join(reply.out.split())
    assert [source.file for source in record.evidence.intake.sources] == ["staff.csv", "chosen.csv"]


@pytest.mark.slow
def test_only_the_questions_asked_for_are_answered_once(tmp_path: Path) -> None:
    staff = write(tmp_path, "staff.csv", FOUND)
    one = run("assess", staff, "--question", "selection")
    assert "Who is selected within each pool?" in one.out
    assert "Which jobs are at risk?" not in one.out.split("Five questions")[0]
    twice = run("assess", staff, "--question", "selection", "--question", "selection")
    assert (twice.code, twice.out) == (0, one.out)


@pytest.mark.parametrize(
    ("data", "options", "code"),
    [
        (FOUND, ("--fail-on", "found"), 3),
        (FOUND_IN_RANGES, ("--fail-on", "found"), 3),
        (FOUND, (), 0),
        (FOUND, ("--fail-on", "found", "--question", "spread"), 0),
        (NOTHING, ("--fail-on", "found"), 0),
        (ONLY_FOR, ("--fail-on", "found"), 0),
    ],
    ids=[
        "found",
        "found whichever table is true",
        "found but not asked to fail",
        "found but not asked about",
        "nothing found",
        "found for a group only",
    ],
)
def test_fail_on_found_ends_with_3_only_where_a_disparity_is_found_against_a_group(
    data: bytes, options: tuple[str, ...], code: int, tmp_path: Path
) -> None:
    reply = run("assess", write(tmp_path, "staff.csv", data), "--out", "out", *options)
    assert reply.code == code
    assert (tmp_path / "out/confidential/draft.html").exists()
    if data is ONLY_FOR:
        assert "Clear gap in their favour" in reply.out
        assert "Clear gap." not in reply.out


def test_check_says_what_was_read_and_writes_nothing(tmp_path: Path) -> None:
    staff = write(tmp_path, "staff.csv", f"name,Ethnic origin,pool,outcome\n{CANARY},White,A,yes\nx,Indian,A,\n")
    reply = run("check", staff)
    assert reply.code == 0
    for said in ("2 people, 2 of them in", "“Ethnic origin” is read as race", "Not used and not kept: name"):
        assert said in reply.out
    assert CANARY not in reply.out
    assert [path.name for path in tmp_path.iterdir()] == ["staff.csv"]


def test_check_says_that_the_redundancies_entered_are_not_those_of_the_file(tmp_path: Path) -> None:
    write(tmp_path, "staff.csv", "sex,pool,outcome\nFemale,A,selected\nMale,A,retained\n")
    for number in (3, 1):
        case = write(
            tmp_path,
            "case.toml",
            f'format = 1\n[files]\nworkforce = "staff.csv"\n[consultation]\nnumber_proposed = {number}\n',
        )
        said = " ".join(run("check", case).out.split())
        assert ("redundancies are entered" in said) is (number == 3)


def test_example_copies_a_case_that_can_be_assessed_and_never_writes_over_anything(tmp_path: Path) -> None:
    assert run("example", "mine").code == 0
    assert read_case(tmp_path / "mine/case.toml").title
    (tmp_path / "mine/case.toml").write_text("ours", encoding="utf-8")
    again = run("example", "mine")
    assert again.code == 2
    assert "case.toml" in again.err
    assert (tmp_path / "mine/case.toml").read_text(encoding="utf-8") == "ours"


@pytest.mark.parametrize("folder", ["taken", "taken/below"])
def test_example_into_a_file_is_refused_in_one_message(folder: str, tmp_path: Path) -> None:
    write(tmp_path, "taken", "x")
    reply = run("example", folder)
    assert (reply.code, reply.out) == (2, "")
    assert "cannot be written" in reply.err


@pytest.mark.parametrize("folder", ["taken", "taken/below"])
def test_a_report_that_cannot_be_written_is_refused_in_one_message(folder: str, tmp_path: Path) -> None:
    write(tmp_path, "taken", "x")
    reply = run("assess", write(tmp_path, "staff.csv", FOUND), "--out", folder)
    assert (reply.code, reply.out) == (2, "")
    assert "cannot be written" in reply.err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["staff.csv", "taken"]


def test_verbose_prints_stages_rows_and_seconds_and_nothing_else(tmp_path: Path) -> None:
    reply = run("assess", write(tmp_path, "staff.csv", FOUND), "--verbose")
    lines = reply.err.splitlines()
    assert len(lines) == 3
    assert re.fullmatch(r"Reading: 80 rows \d+\.\d\d s", lines[0])
    assert all(re.fullmatch(r"[A-Z][a-z ]+: \d+\.\d\d s", line) for line in lines[1:])


@pytest.mark.slow
def test_progress_is_silent_where_nobody_watches(tmp_path: Path) -> None:
    assert printed("assess", write(tmp_path, "staff.csv", FOUND)).stderr == b""


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="Windows has no terminal that a test can be given")
def test_progress_leaves_nothing_on_a_terminal(tmp_path: Path) -> None:
    import pty

    staff = write(tmp_path, "staff.csv", FOUND)
    master, slave = pty.openpty()
    subprocess.run([sys.executable, "-m", "eia", "assess", staff], stdout=subprocess.DEVNULL, stderr=slave, check=True)
    shown = os.read(master, 10_000).decode()
    os.close(slave)
    os.close(master)
    assert "Reading …" in shown
    assert shown.rsplit("\r", 2)[-2].strip() == ""


@pytest.mark.slow
@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_letters_beyond_ascii_are_printed_whatever_the_terminal_says_it_reads(encoding: str, tmp_path: Path) -> None:
    data = pools(A=(3, 15, 3, 5), B=(1, 5, 1, 15), none=(0, 10, 0, 60))
    case = write(tmp_path, "case.toml", 'format = 1\ntitle = "Pools −3"\n[files]\nworkforce = "staff.csv"\n'.encode())
    write(tmp_path, "staff.csv", data)
    done = printed("assess", case, PYTHONIOENCODING=encoding, PYTHONUTF8="0")
    assert (done.returncode, done.stderr) == (0, b"")
    assert "−" in done.stdout.decode("utf-8")


@pytest.mark.slow
def test_bad_input_ends_with_2_on_stderr_without_a_traceback() -> None:
    done = printed("assess", "nothing.csv")
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"Traceback" not in done.stderr


HOSTILE = "<b>x</b>|=1+1\x1b[31m\u202e{braces} %s \x07"


@pytest.mark.slow
def test_hostile_text_does_nothing_in_a_terminal(tmp_path: Path) -> None:
    toml = 'format = 1\ntitle = "a\\u009b31mred\\u202e"\nproposal = "p\\u0085"\n[files]\nworkforce = "staff.csv"\n'
    rows = "".join(
        f"{sex},{HOSTILE if sex == 'F' else 'Jedi'},A %s {{x}},{outcome},1\n"
        for sex, outcome in [("F", "yes"), ("M", "no")] * 9
    )
    write(tmp_path, "staff.csv", f"sex,religion,pool,outcome,\u202eremark {{0}}\n{rows}")
    path = write(tmp_path, "case.toml", toml)
    for command in ("assess", "check"):
        reply = run(command, path)
        assert reply.code == 0
        assert not {"\x9b", "\u202e", "\x85", "\x1b", "\x07"} & set(reply.out)
    assert "{braces} %s" in run("assess", path).out


def test_a_name_of_a_file_does_nothing_in_a_terminal(tmp_path: Path) -> None:
    odd = write(tmp_path, "a\x1b[31m\nb.csv", FOUND)
    for reply in (run("assess", odd), run("check", odd), run("assess", tmp_path / "c\x1b[31m.csv")):
        assert "\x1b" not in reply.out + reply.err


@pytest.mark.slow
def test_the_demo_runs_from_anywhere() -> None:
    reply = run("demo", "--out", "demo")
    assert reply.code == 0
    assert "Riverbank Council" in reply.out


def test_the_law_of_a_day_is_printed_with_its_source() -> None:
    then, now = (
        run("law", "consultation_days_100", "--on", on, "--where", "Scotland") for on in ("2012-03-01", "2026-11-22")
    )
    assert "What it says: 90 days" in then.out
    assert "What it says: 45 days" in now.out
    for reply in (then, now):
        assert reply.code == 0
        assert "s.188(1A)(a)" in reply.out
        assert "https://www.legislation.gov.uk" in reply.out
        assert "A secondary source says so" in reply.out
        assert "Northern Ireland" not in reply.out


def test_the_law_of_every_place_is_printed_where_none_is_named() -> None:
    shown = run("law", "assessment_duty", "--on", "2026-11-22").out
    assert [line.split(": ")[1] for line in shown.splitlines() if line.startswith("  Where: ")] == [
        "Northern Ireland",
        "Scotland",
        "Wales",
    ]


def test_the_law_is_listed_with_what_is_not_settled() -> None:
    shown = run("law").out
    listed = {(rule.key, rule.title, rule.extent) for rule in standing(None, on=dt.date.today(), where=None)}
    said = " ".join(shown.split())
    assert all(f"{key}: {title}, {extent}" in said for key, title, extent in listed)
    assert CHECK in shown


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("law", "week_pay"), "no rule of that name"),
        (("law", "week_pay_cap", "--on", "2001-01-01"), "eia holds nothing on"),
        (("law", "week_pay_cap", "--where", "France"), "not a place"),
        (("law", "assessment_duty", "--where", "England"), "for England"),
    ],
)
def test_law_that_is_not_held_is_refused(arguments: tuple[str, ...], words: str) -> None:
    reply = run(*arguments)
    assert (reply.code, reply.out) == (2, "")
    assert words in reply.err


def test_severance_terms_are_written_as_a_page_of_their_own(tmp_path: Path) -> None:
    ran = run("terms", examples()["riverbank"], "--out", tmp_path / "out")
    assert ran.code == 0
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["terms.html"]
    assert 'id="alike"' in (tmp_path / "out/terms.html").read_text(encoding="utf-8")


def test_severance_terms_need_people() -> None:
    ran = run("terms", examples()["dwp-2014"])
    assert ran.code == 2
    assert "a table of counts" in ran.err


def test_priority_counts_people_and_names_rows_only_when_asked() -> None:
    case = examples()["riverbank"]
    quiet, loud = run("priority", case), run("priority", case, "--rows")
    assert quiet.code == loud.code == 0
    assert quiet.out.count("14 people have priority") == 1
    assert [vacancy for vacancy in VACANCIES if f"  {vacancy}, " in quiet.out] == VACANCIES
    assert loud.out.startswith(quiet.out)
    assert "Rows by vacancy: V103" not in quiet.out
    assert "Rows by vacancy: V103" in loud.out


def test_priority_reads_a_file_of_leave_alone(tmp_path: Path) -> None:
    write(tmp_path, "leave.csv", b"Leave type,Employer told\nPregnancy,01/12/2026\n")
    write(
        tmp_path,
        "case.toml",
        b'format = 1\n[files]\nleave = "leave.csv"\n[priority]\nimpracticable_from = 2027-02-08\n',
    )
    ran = run("priority", tmp_path / "case.toml")
    assert ran.code == 0
    assert "1 person is pregnant" in ran.out


def test_priority_needs_a_file_of_leave() -> None:
    ran = run("priority", examples()["millbrook"])
    assert ran.code == 2
    assert "names no file of leave" in ran.err


FIELD = Path(__file__).parent / "data" / "field"


@pytest.mark.slow
def test_a_whole_export_waits_for_one_answer_which_two_lines_give(tmp_path: Path) -> None:
    export = tmp_path / "r00_full_itrent_420.xlsx"
    export.write_bytes((FIELD / export.name).read_bytes())
    waits = run("assess", export, "--out", "out")
    assert (waits.code, waits.err.count("(our guess)"), Path("out").exists()) == (2, 1, False)
    (line,) = (each for each in waits.err.splitlines() if each.endswith("(our guess)"))
    assert line.strip().startswith('"VR accepted" = "volunteer accepted" # ')
    saved = run("check", export, "--save", "case.toml")
    assert (saved.code, saved.out.count("\n  ? ")) == (0, 2)
    text = Path("case.toml").read_text(encoding="utf-8")
    for line in ('"VR accepted" = "volunteer accepted"', "extract = 2026-05-14"):
        assert text.count(f"\n# {line}") == 1
        text = text.replace(f"\n# {line}", f"\n{line}")
    Path("case.toml").write_text(text, encoding="utf-8")
    ran = run("assess", "case.toml", "--out", "out")
    cells = from_json(Path("out/confidential/assessment.json").read_text(encoding="utf-8")).cube.to_frame()
    chosen = cells[(cells["characteristic"] == "gender") & (cells["outcome"] == "selected")]
    assert (ran.code, chosen["low"][chosen["group"] == "Female"].sum(), chosen["low"].sum()) == (0, 31, 35)


@pytest.mark.parametrize("command", ["terms", "priority"])
def test_what_is_paid_and_who_has_priority_wait_for_who_is_counted(command: str, tmp_path: Path) -> None:
    people = [
        f"R{n},{'FM'[n % 2]},A,{'selected' if n % 3 else 'retained'},{'Leaver' if n % 6 == 0 else 'Active'},5,600"
        for n in range(30)
    ]
    write(
        tmp_path, "staff.csv", "\n".join(["ref,sex,pool,outcome,employment status,service years,pay", *people]).encode()
    )
    write(tmp_path, "leave.csv", b"reference,leave type,start,end\nR1,maternity leave,2026-10-01,2027-03-01\n")
    write(
        tmp_path,
        "case.toml",
        b'format = 1\n[files]\nworkforce = "staff.csv"\nleave = "leave.csv"\n[dates]\nproposal = 2026-11-02\n',
    )
    waits = run(command, "case.toml")
    assert (waits.code, "Do they count?" in waits.err) == (2, True)
    taken = run(command, "case.toml", "--as-read")
    assert "We took" in taken.err
