"""Tables that a statement names by a variable, as the program says what they are called."""

from __future__ import annotations

import re

from reviewer.gather.data.sqltext import Gap, SqlText
from reviewer.gather.expressions import last
from reviewer.gather.look import Look, words
from reviewer.gather.syntax import Assignment, Attribute, Expr, Name, Text, dotted

PREFIX = words("prefix base_prefix dbprefix tablePrefix table_prefix db_prefix")
"""Names of what every table of an installation begins with: it says nothing of the table."""
HANDLE = "wpdb"
"""WordPress names its own tables as fields of its handle: ``$wpdb->posts``."""
TABLE = re.compile(r"[A-Za-z_][\w.]{0,80}")
FIELDS_MOST = 2


class Tables:
    """Looks names of tables up in one module."""

    def __init__(self, look: Look) -> None:
        self.look = look
        self._fields: dict[str, list[Assignment]] | None = None

    def named(self, text: SqlText, function: int) -> SqlText:
        """The text with the tables in it that are known by name."""
        if not any(gap.identifier for gap in text.gaps):
            return text
        pieces = tuple(self._piece(piece, function) for piece in text.pieces)
        return SqlText(pieces, text.line, text.end_line, text.tagged)

    def _piece(self, piece: str | Gap, function: int) -> str | Gap:
        if isinstance(piece, str) or not piece.identifier:
            return piece
        found = self._name(piece.expr, function)
        return piece if found is None else found

    def _name(self, expr: Expr, function: int) -> str | None:
        if not isinstance(expr, (Name, Attribute)):
            return None
        head, _, name = dotted(expr).rpartition(".")
        if name in PREFIX:
            return ""
        if last(head) == HANDLE and TABLE.fullmatch(name):
            return name
        for value in self._values(expr, function):
            parts = value.parts if isinstance(value, Text) else ()
            texts = [part if isinstance(part, str) else self._prefix(part) for part in parts]
            joined = "".join(text for text in texts if text is not None)
            if None not in texts and TABLE.fullmatch(joined):
                return joined
        return None

    def _prefix(self, expr: Expr) -> str | None:
        return "" if last(dotted(expr)) in PREFIX else None

    def _values(self, expr: Expr, function: int) -> list[Expr | None]:
        value = self.look.value(expr, function)
        if value is not expr:
            return [value]
        if self._fields is None:
            self._fields = {}
            for item in self.look.module.assignments:
                if "." in item.target and isinstance(item.value, Text):
                    self._fields.setdefault(item.target, []).append(item)
        found = self._fields.get(dotted(expr), [])
        return [item.value for item in found] if len(found) < FIELDS_MOST else []
