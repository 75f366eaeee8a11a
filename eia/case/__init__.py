"""Takes a case.toml; gives a Case: everything about an assessment that is a choice, checked and frozen.

A case names the employer, the dates, the files and their columns, the pools and how many posts are to go, the order of
the stages, and the conventions of the analysis. Its hash is printed in every output, so that two reports can be seen to
rest on the same choices.

What may be chosen stands in ``proposal``, ``evidence``, ``analysis`` and ``scenarios``, each a part of the Case in ``model``; ``file`` reads and
writes it. Others import from here.
"""

from eia.case.analysis import (
    ALPHAS,
    MOST_NAMED,
    QUESTIONS,
    Analysis,
    AnotherPool,
    Publication,
    Question,
    Response,
    adjusters,
)
from eia.case.evidence import (
    AS_WRITTEN,
    LIKELIEST,
    NAMED,
    Categories,
    Counts,
    Files,
    FurtherCharacteristic,
    PeopleRules,
    Privacy,
)
from eia.case.file import case_text, changed, parse_case, read_case, validated, write_case, write_suggesting
from eia.case.model import FORMAT, Case
from eia.case.named_file import named_file
from eia.case.proposal import (
    REDEPLOYED,
    RETAINED,
    SCHEMES,
    SLOTTED_IN,
    STATUTORY,
    STAYING,
    VOLUNTEER,
    Consultation,
    Dates,
    Decision,
    Employer,
    EmployerKind,
    Jurisdiction,
    OwnTerms,
    Paper,
    PayBasis,
    PayProtection,
    PensionScheme,
    Pool,
    Priority,
    Severance,
    Stages,
    Suitability,
)  # fmt: skip
from eia.case.scenarios import Scenario, Scoring
from eia.case.suggested import Suggested, for_a_letter

__all__ = [
    "ALPHAS", "AS_WRITTEN", "FORMAT", "LIKELIEST", "MOST_NAMED", "NAMED", "QUESTIONS", "REDEPLOYED", "RETAINED", "SCHEMES", "SLOTTED_IN", "STATUTORY", "STAYING", "VOLUNTEER",
    "Analysis", "AnotherPool", "Case", "Categories", "Consultation", "Counts", "Dates", "Decision", "Employer", "EmployerKind",
    "Files", "FurtherCharacteristic", "Jurisdiction", "OwnTerms", "Paper", "PayBasis", "PayProtection", "PensionScheme", "PeopleRules", "Pool", "Priority",
    "Privacy", "Publication", "Question", "Response", "Scenario", "Scoring", "Severance", "Stages", "Suggested", "Suitability", "adjusters", "case_text",
    "changed", "for_a_letter", "named_file", "parse_case", "read_case", "validated", "write_case", "write_suggesting",
]  # fmt: skip
