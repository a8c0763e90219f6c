"""The one base class of every noun."""

from __future__ import annotations

from typing import dataclass_transform

import msgspec


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(msgspec.field,))
class _NounMeta(msgspec.StructMeta):
    """Tells type checkers what `Noun` tells msgspec: frozen and by keyword, for every subclass."""


class Noun(msgspec.Struct, metaclass=_NounMeta, frozen=True, kw_only=True):
    """A frozen record: equal by value, and serialisable as JSON and msgpack."""
