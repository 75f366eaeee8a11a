"""The bill of materials that goes into the wheel names every package that an installation needs. Run as a script, it is written anew."""

import json
import re
import tomllib
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

HERE = Path(__file__).parent.parent
BILL = HERE / "sbom.cdx.json"
_NAME = re.compile(r"[A-Za-z0-9._-]+")


def pinned() -> dict[str, list[tuple[str, str]]]:
    """The versions of constraints.txt by package, each with the condition under which it holds."""
    found: dict[str, list[tuple[str, str]]] = {}
    for line in (HERE / "constraints.txt").read_text().splitlines():
        if line.startswith(" "):  # a hash
            continue
        package, _, condition = line.removesuffix("\\").partition(";")
        name, version = package.strip().split("==")
        found.setdefault(name, []).append((version, condition.strip()))
    return found


def needed(project: dict[str, object], pins: dict[str, list[tuple[str, str]]]) -> list[str]:
    """What an installation without extras needs, directly or by way of another package."""
    open_, found = [_plain(one) for one in project["dependencies"]], set()
    while open_:
        name = open_.pop()
        if name in found or name not in pins:
            continue
        found.add(name)
        try:
            wanted = requires(name) or []
        except PackageNotFoundError:  # of another system
            wanted = []
        open_ += [_plain(one) for one in wanted if "extra ==" not in one]
    return sorted(found)


def _plain(requirement: str) -> str:
    return re.sub(r"[-_.]+", "-", _NAME.match(requirement).group()).lower()


def bill() -> str:
    """CycloneDX 1.6, without a time or a serial number: the same packages make the same file."""
    project = tomllib.loads((HERE / "pyproject.toml").read_text())["project"]
    pins = pinned()
    itself = f"pkg:pypi/{project['name']}@{project['version']}"
    components = [
        {
            "type": "library", "bom-ref": f"pkg:pypi/{name}@{version}", "name": name, "version": version, "purl": f"pkg:pypi/{name}@{version}",
            **({"properties": [{"name": "condition", "value": condition}]} if condition else {}),
        }
        for name in needed(project, pins)
        for version, condition in pins[name]
    ]  # fmt: skip
    made = {
        "bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
        "metadata": {"component": {"type": "application", "bom-ref": itself, "name": project["name"], "version": project["version"], "purl": itself}},
        "components": components,
    }  # fmt: skip
    return json.dumps(made, indent=1) + "\n"


def test_the_bill_of_materials_is_that_of_the_pinned_packages() -> None:
    assert BILL.read_text() == bill()


def test_every_direct_dependency_is_pinned_and_on_the_bill() -> None:
    project = tomllib.loads((HERE / "pyproject.toml").read_text())["project"]
    on_it = {component["name"] for component in json.loads(BILL.read_text())["components"]}
    assert {_plain(one) for one in project["dependencies"]} <= on_it
    assert not {"pytest", "ruff", "playwright"} & on_it


if __name__ == "__main__":
    BILL.write_text(bill())
