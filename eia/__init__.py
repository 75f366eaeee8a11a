"""Equality impact assessment of proposed redundancies: who is affected, could it be chance, what to ask.

The public names are resolved when they are first asked for, so that ``import eia`` costs nothing.

>>> import eia
>>> eia.Case(title="Finance review").title
'Finance review'
"""

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

_HOMES = {
    "Assessment": "eia.findings.assessment",
    "Case": "eia.case",
    "EiaError": "eia.errors",
    "Fault": "eia.errors",
    "Finding": "eia.findings.core.finding",
    "assess": "eia.findings.assess",
    "publish": "eia.present.documents.publishable",
    "read_case": "eia.case",
    "read_table": "eia.intake.files.read_table",
    "read_workforce": "eia.intake.evidence",
    "write_case": "eia.case",
    "write_report": "eia.present.documents.write_report",
}
__all__ = ["__version__", *sorted(_HOMES)]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'eia' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return __all__
