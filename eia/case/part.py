"""Takes nothing; gives what the parts of a case are made of: the model they share, and the types of its values."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Text = Annotated[str, Field(max_length=2000)]
Name = Annotated[str, Field(min_length=1, max_length=200)]
Share = Annotated[float, Field(gt=0, lt=1)]
Date = Annotated[dt.date, Field(ge=dt.date(1900, 1, 1), le=dt.date(2200, 1, 1))]


class Part(BaseModel):
    """What every part of a case is: frozen, of strict types, and with no key that is not known."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)
