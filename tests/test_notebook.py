"""The notebook runs, and what it printed when it was committed is what it prints now.

``python tests/test_notebook.py`` runs it and writes its outputs again.
"""

from __future__ import annotations

import copy
import re
import tempfile
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

PATH = Path(__file__).resolve().parent.parent / "docs/guide/in-a-notebook.ipynb"
COMMITTED = nbformat.read(PATH, as_version=4)
MOST = 150_000  # bytes: charts are pictures, not the data and library of a drawing


def run(folder: Path) -> Any:
    """The notebook, run afresh in a folder."""
    notebook = copy.deepcopy(COMMITTED)
    client = NotebookClient(
        notebook, timeout=300, kernel_name="python3", record_timing=False, resources={"metadata": {"path": str(folder)}}
    )
    client.execute()
    notebook.metadata = COMMITTED.metadata  # without the version of Python
    return notebook


def printed(notebook: Any) -> list[list[str]]:
    """The text that each cell gives."""
    return [
        [output.get("text", output.get("data", {}).get("text/plain", "")) for output in cell.get("outputs", [])]
        for cell in notebook.cells
    ]


@pytest.mark.slow
def test_the_notebook_prints_what_was_committed(tmp_path: Path) -> None:
    assert printed(run(tmp_path)) == printed(COMMITTED)


def test_the_notebook_has_fifteen_cells_outputs_and_nothing_of_a_machine() -> None:
    text = PATH.read_text(encoding="utf-8")
    assert len(COMMITTED.cells) == 15
    assert all(cell.outputs for cell in COMMITTED.cells if cell.cell_type == "code" and "import eia" not in cell.source)
    assert len(text) < MOST
    assert not re.search(r"/(home|tmp|work|usr|root|Users)/|[A-Z]:\\\\|object at 0x", text)
    assert not any(
        output.output_type in ("error", "stream") for cell in COMMITTED.cells for output in cell.get("outputs", [])
    )


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        nbformat.write(run(Path(folder)), PATH)
