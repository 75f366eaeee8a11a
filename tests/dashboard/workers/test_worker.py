"""A worker gives what a call comes to from a process of its own; when that dies, one plain fault says so, and the next call is served."""

from __future__ import annotations

import json
import os
from functools import partial
from pathlib import Path

import pytest

from eia.case import Case
from eia.dashboard.open_files import Sources, opened, read_and_assessed
from eia.dashboard.session import Session
from eia.dashboard.workers import beside, waiting
from eia.dashboard.workers.pool import Pool
from eia.dashboard.workers.worker import Worker
from eia.errors import EiaError
from eia.findings.record import to_json
from eia.intake.evidence import Upload

STAFF = b"sex,pool,selected\n" + b"F,A,yes\n" * 9 + b"F,A,no\n" * 5 + b"M,A,yes\n" * 4 + b"M,A,no\n" * 16
NAME = "Zebulon Quark"


@pytest.fixture(scope="module")
def worker():
    made = Worker(1 << 30)
    yield made
    made.end()


def sources(content: bytes = STAFF) -> Sources:
    return Sources(uploads={"main": Upload(name="staff.csv", content=content)})


@pytest.mark.slow
def test_it_works_in_another_process_until_it_is_renewed(worker):
    first = worker.do(os.getpid)
    assert first not in (os.getpid(), None)
    assert worker.do(os.getpid) == first
    worker.renew()
    assert worker.do(os.getpid) != first


def test_faults_of_a_file_come_back_as_they_are(worker):
    with pytest.raises(EiaError) as caught:
        worker.do(partial(read_and_assessed, Case(), sources(b"colour,pool\nred,A\n")))
    assert "no-characteristic" in [fault.code for fault in caught.value.faults]
    assert caught.value.__context__ is None


@pytest.mark.slow
@pytest.mark.parametrize(
    "work",
    [partial(os._exit, 3), partial(bytearray, 4 << 30), partial(int, NAME), lambda: NAME],
    ids=["dies", "memory", "breaks", "cannot be sent"],
)
def test_a_call_that_ends_its_process_gives_one_fault_and_the_next_is_served(worker, work, capfd):
    with pytest.raises(EiaError) as caught:
        worker.do(work)
    assert [fault.code for fault in caught.value.faults] == ["work-stopped"]
    assert worker.do(partial(sum, (1, 2))) == 3
    assert NAME not in "".join(capfd.readouterr())


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="reads what Linux says of a process")
def test_nothing_of_a_file_is_in_the_name_of_the_process_or_its_environment(worker):
    worker.do(partial(read_and_assessed, Case(title=NAME), sources()))
    place = Path("/proc", str(worker.do(os.getpid)))
    assert NAME.encode() not in (place / "cmdline").read_bytes() + (place / "environ").read_bytes()


@pytest.fixture
def pool():
    made = Pool(2)
    waiting.use(made)
    yield made
    waiting.use(None)
    made.end()


@pytest.mark.slow
def test_an_assessment_from_a_worker_is_the_one_that_would_be_made_here(pool):
    here = read_and_assessed(Case(), sources())[1]
    upload = sources()
    there = opened(Case(), upload)
    assert there.headers == ("sex", "pool", "selected")
    assert there.reading.people == 34
    assert there.assessment.changes is None
    assert there.assessment.otherwise == ()
    made, told = (json.loads(to_json(one)) for one in (here, there.assessment))
    assert made.keys() == told.keys()
    assert all(made[key] == told[key] for key in made if key not in ("run", "sha256"))
    assert not upload.uploads["main"]._opened


@pytest.mark.slow
def test_the_answer_waits_for_workers_once(pool, screen, monkeypatch):
    visit = Session()
    visit.open_files(Case(), sources())
    monkeypatch.setattr(beside, "worked_out", None)
    assert not screen(visit).go("answer").app.exception


@pytest.mark.slow
def test_faults_of_a_file_that_a_worker_read_are_kept_with_its_headers(pool):
    found = opened(Case(), sources(b"colour,pool\nred,A\n"))
    assert found.headers == ("colour", "pool")
    assert "no-characteristic" in [fault.code for fault in found.faults]
    assert found.assessment is None
