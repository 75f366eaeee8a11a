"""Who may import whom. A module or folder that no rule knows fails, and so does an import inside a function."""

from __future__ import annotations

import ast
import graphlib
import importlib
import inspect
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent.parent
PACKAGE = HERE / "eia"

# layer -> the layers it may import, besides itself. "eia" is the package itself: its version, and where it is.
BELOW: dict[str, set[str]] = {
    "errors": set(), "budget": set(), "stats": {"errors", "budget"}, "eia": set(),
    "reading": set(), "writing": {"errors"}, "printing": {"errors"}, "no_dumps": set(),
}  # fmt: skip
for _layer, _under in (
    ("vocabulary", "errors"), ("law", "vocabulary"), ("case", "law"), ("intake", "case"), ("counts", "intake"), ("process", "counts stats"),
    ("scenarios", "process"), ("findings", "scenarios"), ("present", "findings"), ("dashboard", "present"), ("cli", "dashboard"), ("__main__", "cli"),
):  # fmt: skip
    BELOW[_layer] = {below for under in _under.split() for below in {under, *BELOW[under]}}
for _layer in ("intake", "findings", "present", "dashboard", "cli"):
    BELOW[_layer] |= {"eia"}
for _layer in ("case", "intake", "present"):
    BELOW[_layer] |= {"reading", "writing"}
BELOW["dashboard"] |= {"reading"}
for _layer in ("case", "intake", "scenarios", "findings", "present", "dashboard"):
    BELOW[_layer] |= {"budget"}
BELOW["dashboard"] |= {"no_dumps"}
BELOW["cli"] |= {"no_dumps", "printing"}
BELOW["app"] = {"dashboard"}

# library -> the only layers that may import it, at any place
ONLY_IN: dict[str, set[str]] = {
    "streamlit": {"dashboard", "app"}, "starlette": {"dashboard"},
    "typst": {"present"}, "plotly": {"present"}, "jinja2": {"present"}, "markupsafe": {"present"},
    "xlsxwriter": {"present"}, "docx": {"present.formats"}, "lxml": set(), "openpyxl": set(), "pypdf": set(), "highspy": {"counts.disclosure"},
    "pandas": {"intake", "counts", "stats.models", "process", "scenarios", "findings", "present"},
    "narwhals": {"intake"}, "duckdb": {"intake.engines"}, "ibis": set(), "pyspark": set(),
    "yaml": {"vocabulary", "law"}, "pyarrow": {"intake"}, "tomlkit": {"case"}, "pydantic": {"case", "findings", "dashboard.serving"}, "typer": {"cli"},
    "scipy": {"stats", "intake"},
    "numpy": {"intake", "counts", "stats", "process", "scenarios", "findings"},
    "statsmodels": {"stats.models"}, "logging": set(), "altair": set(),
}  # fmt: skip
LATE = {
    "statsmodels",
    "typst",
    "plotly",
    "jinja2",
    "markupsafe",
    "yaml",
    "pyarrow",
    "scipy.stats",
    "xlsxwriter",
    "highspy",
    "docx",
    "duckdb",
}  # in functions only
ON_THE_WAY = {
    "eia",
    "cli",
    "errors",
    "printing",
    "no_dumps",
    "__main__",
}  # what `eia --help` reads: the standard library and typer
LIGHT = {"typer", "eia"}


SHOWING = {  # the one exception: methods that show an assessment or a finding fetch present when they are called, and only these
    "eia.findings.assessment": {
        "summary",
        "findings_frame",
        "by_group",
        "contrasts_frame",
        "plot",
        "report",
        "publish",
        "bundle",
        "__repr__",
        "_repr_html_",
    },
    "eia.findings.core.finding": {"summary"},
}


@dataclass(frozen=True)
class Import:
    """One import: the module, the function that it stands in, and whether it happens when the importing module is read."""

    name: str
    line: int
    at_once: bool
    within: str


def imports(source: str) -> Iterator[Import]:
    """Every import of a source text, those for type checkers only left aside."""
    yield from _imports(ast.parse(source).body, at_once=True)


def _imports(nodes: list[ast.stmt], *, at_once: bool, within: str = "") -> Iterator[Import]:
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (Import(alias.name, node.lineno, at_once, within) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute here"
            module = node.module or ""
            yield from (Import(f"{module}.{alias.name}", node.lineno, at_once, within) for alias in node.names)
        elif isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            yield from _imports(node.orelse, at_once=at_once, within=within)
        else:
            inside = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
            where = node.name if inside else within
            for field in ("body", "orelse", "finalbody"):
                yield from _imports(getattr(node, field, []), at_once=at_once and not inside, within=where)
            for part in (*getattr(node, "handlers", []), *getattr(node, "cases", [])):
                yield from _imports(part.body, at_once=at_once and not inside, within=where)


def may_use(module: str, library: str) -> bool:
    """Whether a module may import a library that is kept to some layers, or to some rooms of one."""
    homes = ONLY_IN.get(library)
    return homes is None or layer_of(module) in homes or ".".join(module.split(".")[1:3]) in homes


def layer_of(module: str) -> str:
    """The layer of a module by its full name; "eia" for the package itself."""
    parts = module.split(".")
    return "eia" if parts == ["eia"] else parts[1] if parts[0] == "eia" else parts[0]


def offences(module: str, source: str) -> list[str]:
    """Everything in a source text that the rules forbid to the module."""
    layer = layer_of(module)
    if layer not in BELOW:
        return [f"{module}: no rule knows this layer"]
    found = []
    for each in imports(source):
        library = each.name.split(".")[0]
        if library == "eia":
            target = layer_of(".".join(each.name.split(".")[:2]))
            target = "eia" if target not in BELOW and each.name.count(".") == 1 else target
            shows = target == "present" and each.within in SHOWING.get(module, ())
            if target != layer and target not in BELOW[layer] and not shows:
                found.append(f"{module}:{each.line} may not import {each.name}")
            continue
        if not may_use(module, library):
            found.append(f"{module}:{each.line} may not import {library}")
        if each.at_once and (library in LATE or ".".join(each.name.split(".")[:2]) in LATE):
            found.append(f"{module}:{each.line} imports {library} before it is needed")
        if each.at_once and layer in ON_THE_WAY and library not in {*LIGHT, *sys.stdlib_module_names}:
            found.append(f"{module}:{each.line} imports {library} on the way to the help text")
    if layer == "stats" and not module.startswith("eia.stats.models"):
        allowed = {"numpy", "scipy", "eia", *sys.stdlib_module_names}
        found += [
            f"{module}:{i.line} may not import {i.name}" for i in imports(source) if i.name.split(".")[0] not in allowed
        ]
    calls = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    found += [f"{module}:{call.lineno} prints" for call in calls if ast.unparse(call.func) == "print"]
    return found


def modules() -> dict[str, Path]:
    """Every module of the project by its full name."""
    found = {
        ".".join(path.relative_to(HERE).with_suffix("").parts).removesuffix(".__init__"): path
        for path in sorted(PACKAGE.rglob("*.py"))
    }
    return found | ({"app": HERE / "app.py"} if (HERE / "app.py").exists() else {})


@pytest.mark.parametrize("name", modules())
def test_a_module_imports_only_what_its_layer_may(name: str) -> None:
    assert offences(name, modules()[name].read_text(encoding="utf-8")) == []


def test_no_imports_go_round_in_a_circle() -> None:
    known = modules()
    below: dict[str, set[str]] = {}
    for name, path in known.items():
        found = [
            (f"{node.module}.{each.name}", str(node.module))
            for node in every_import(ast.parse(path.read_text(encoding="utf-8")), but_in=SHOWING.get(name, set()))
            for each in node.names
        ]
        below[name] = {whole if whole in known else module for whole, module in found} & set(known) - {"eia"}
    list(graphlib.TopologicalSorter(below).static_order())  # raises CycleError


def every_import(node: ast.AST, *, but_in: set[str]) -> Iterator[ast.ImportFrom]:
    """Every import from a module, those for type checkers and inside functions too; but where functions of these names show what the
    module holds, neither in them nor for their types."""
    for each in ast.iter_child_nodes(node):
        shows = isinstance(each, ast.FunctionDef) and each.name in but_in
        types = isinstance(each, ast.If) and ast.unparse(each.test) == "TYPE_CHECKING" and but_in
        if isinstance(each, ast.ImportFrom):
            yield each
        elif not shows and not types:
            yield from every_import(each, but_in=but_in)


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("eia.stats.effect_sizes.split", "import pandas"),
        ("eia.stats.effect_sizes.split", "def f():\n    from eia.law import characteristics"),
        ("eia.stats.effect_sizes.split", "import statsmodels.api as sm"),
        ("eia.stats.effect_sizes.split", "import scipy.stats"),
        ("eia.stats.effect_sizes.split", "from scipy import stats"),
        ("eia.counts.cube", "from eia.findings.core.finding import Finding"),
        ("eia.counts.cube", "try:\n    x = 1\nexcept ValueError:\n    import eia.present.text.words"),
        ("eia.counts.cube", "def f():\n    import streamlit"),
        ("eia.counts.cube", "import eia.stats.effect_sizes.split"),
        ("eia.intake.files.raw_table", "import pyarrow"),
        ("eia.intake.files.raw_table", "match 1:\n    case 1:\n        import yaml"),
        ("eia.case", "from eia import assess"),
        ("eia.findings.assessment", "from eia.present.text import overview"),
        ("eia.findings.assessment", "def under():\n    from eia.present.text import overview"),
        ("eia.findings.core.selection", "def summary():\n    from eia.present.text import overview"),
        ("eia.case", "import logging"),
        ("eia.vocabulary.characteristics", "import yaml"),
        ("eia.present.text.words", "from eia.dashboard import widgets"),
        ("eia.dashboard.views.draft", "import plotly.graph_objects as go"),
        ("eia.dashboard.views.draft", "print(1)"),
        ("eia.dashboard.views.draft", "import pandas as pd"),
        ("eia.cli", "import numpy"),
        ("eia.cli", "with x:\n    import requests"),
        ("eia.helpers", ""),
        ("eia.helpers.more", ""),
        ("app", "from eia.findings.assess import assess"),
    ],
)
def test_the_rules_catch_an_offence(module: str, source: str) -> None:
    assert offences(module, source)


@pytest.mark.parametrize(
    ("module", "source"),
    [
        (
            "eia.present.tables.findings_tables",
            "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import pandas",
        ),
        ("eia.intake.files.raw_table", "def f():\n    import pyarrow.csv"),
        ("eia.findings.assessment", "import eia\nimport numpy as np\nfrom eia.stats import split"),
        ("eia.cli", "def f():\n    from eia.findings.assess import assess"),
        ("eia.findings.assessment", "class A:\n    def plot(self):\n        from eia.present.charts import specs"),
        ("eia.process.consultation_clock", "from eia.counts import cube\nfrom eia.stats import split"),
    ],
)
def test_the_rules_let_pass_what_is_allowed(module: str, source: str) -> None:
    assert offences(module, source) == []


def test_a_file_beside_the_modules_is_of_a_known_kind() -> None:
    kinds = {path.suffix for path in PACKAGE.rglob("*") if path.is_file() and "__pycache__" not in path.parts}
    assert kinds <= {".py", ".yaml", ".toml", ".typed", ".j2", ".css", ".js", ".typ", ".ttf", ".txt"}


def loaded(*arguments: str) -> set[str]:
    """The modules that a run of Python imports."""
    command = [sys.executable, "-X", "importtime", *arguments]
    run = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True)
    return {line.rsplit("|", 1)[1].strip() for line in run.stderr.splitlines() if line.startswith("import time:")}


@pytest.mark.parametrize("arguments", [("-c", "import eia"), ("-m", "eia", "--help"), ("-m", "eia", "--version")])
def test_the_package_and_its_help_read_no_heavy_library(arguments: tuple[str, ...]) -> None:
    heavy = {"numpy", "pandas", "pyarrow", "scipy", "streamlit", "typst", "plotly", "jinja2", "yaml", "tomlkit"}
    read = loaded(*arguments)
    assert "eia" in read
    assert not heavy & {name.split(".")[0] for name in read}


@pytest.mark.slow
def test_an_assessment_reads_no_library_that_it_does_not_need(tmp_path: Path) -> None:
    read = loaded("-m", "eia", "assess", str(HERE / "datasets/millbrook/case.toml"), "--out", str(tmp_path / "report"))
    assert {"pyarrow", "scipy.special", "jinja2"} <= read
    assert not {"statsmodels", "plotly", "streamlit"} & {name.split(".")[0] for name in read}
    assert not {name for name in read if name.startswith("scipy.stats")}


READS = {
    "os.fspath",
    "os.fstat",
    "os.environ.get",
    "os.environ.setdefault",
    "os.cpu_count",
    "os._exit",
    "os.path.lexists",
}  # of modules that can also write


def writes(source: str) -> list[str]:
    """Calls in a source text that change a disk: of a module, of a path, or of open for writing."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    told = [ast.unparse(call.func).split("(")[0] for call in calls]
    found = [name for name in told if name.split(".")[0] in ("os", "shutil", "tempfile") and name not in READS]
    found += [
        name
        for name in told
        if name.split(".")[-1] in ("write_text", "write_bytes", "mkdir", "touch", "rmdir", "unlink")
    ]
    modes = [
        each.value
        for call in calls
        if ast.unparse(call.func).split(".")[-1] == "open"
        for each in call.args
        if isinstance(each, ast.Constant)
    ]
    return found + [str(mode) for mode in modes if set(str(mode)) & set("wax+")]


@pytest.mark.parametrize("name", sorted(modules().keys() - {"eia.writing"}))
def test_one_module_alone_writes_files(name: str) -> None:
    assert writes(modules()[name].read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "source",
    [
        "path.write_text(text)",
        "os.replace(a, b)",
        "Path(a).open('w')",
        "open(a, 'ab')",
        "shutil.copyfile(a, b)",
        "a.mkdir()",
    ],
)
def test_whatever_writes_is_noticed(source: str) -> None:
    assert writes(source)


@pytest.mark.parametrize("name", modules())
def test_a_module_says_what_it_is(name: str) -> None:
    documentation = ast.get_docstring(ast.parse(modules()[name].read_text(encoding="utf-8")))
    assert documentation
    assert documentation.split("\n\n")[0].endswith((".", ":"))


@pytest.mark.parametrize(
    "name", [name for name in modules() if name not in ("app", "eia.__main__") and "views" not in name]
)
def test_public_functions_and_classes_say_what_they_do(name: str) -> None:
    module = importlib.import_module(name)
    public = [
        (key, value)
        for key, value in vars(module).items()
        if not key.startswith("_")
        and (inspect.isfunction(value) or inspect.isclass(value))
        and value.__module__ == name
    ]
    for key, value in public:
        assert (value.__doc__ or "").strip(), key
        generated = inspect.isclass(value) and value.__doc__.startswith(f"{key}(")  # what dataclass writes by itself
        assert not generated, key
