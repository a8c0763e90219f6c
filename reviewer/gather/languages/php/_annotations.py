"""Annotations in doc comments: ``@Route("/x", methods={"GET"})``, ``@ORM\\Column(type="string")``, ``@test``.

They become decorators: a bare one a `Name`, one with arguments a `Call`. The tags that only describe (``@param``) are
left out. The syntax is Doctrine's: strings in double quotes, lists and maps in braces, ``=`` and ``:`` between names
and values, annotations inside annotations.
"""

from __future__ import annotations

import re

from reviewer.gather.languages._walk import (
    NO_KEYWORDS,
)
from reviewer.gather.syntax import Call, Expr, Items, Mapping, Name, Number, Text

DESCRIBING = frozenset(
    """
    api author access category copyright deprecated example extends filesource final global ignore implements inheritdoc
    inheritDoc internal license link method mixin name noinspection package param phpcs phpstan property property-read
    property-write psalm return returns see since source static subpackage suppress SuppressWarnings template
    template-covariant throws throw todo TODO tutorial type use uses var version codeCoverageIgnore
    codeCoverageIgnoreStart codeCoverageIgnoreEnd phan require_once noRector date Date copyleft
    """.split()
)
"""Tags that say nothing but what a reader of the source should know."""
TAG = re.compile(r"^[ \t]*@([A-Za-z_\\][\w\\-]*)[ \t]*(\(?)([^\n]*)", re.MULTILINE)
TOKEN = re.compile(
    r'\s+|"((?:[^"]|"")*)"|(-?\d+(?:\.\d+)?)\b|(@?[A-Za-z_\\][\w\\]*(?:::\w+)?)|([(){}\[\],=:])|(.)', re.DOTALL
)
STAR = re.compile(r"^[ \t]*\*?(?!/)[ \t]?", re.MULTILINE)
COMMENT_LIMIT = 20_000
"""Characters of a comment that are read."""
TOKEN_LIMIT = 3_000
DEPTH_LIMIT = 20
CLOSING = {"(": ")", "{": "}", "[": "]"}


def doc_text(comment: str) -> str:
    """The text of a doc comment without its slashes and stars."""
    return STAR.sub("", comment[3:COMMENT_LIMIT].removesuffix("*/")).strip()


def annotations_of(doc: str, line: int) -> tuple[Expr, ...]:
    """The annotations in the text of a doc comment that begins on a line; each is placed on that line."""
    found: list[Expr] = []
    end = 0
    for match in TAG.finditer(doc):
        name, opened, rest = match.groups()
        if match.start() < end or name in DESCRIBING or name.startswith(("phpstan-", "psalm-")):
            continue
        written = Name(name.lstrip("\\").replace("\\", "."), line)
        if opened:
            reading = _Reading(doc, match.end(2), line)
            found.append(_call(written, *reading.arguments(")", 0)))
            end = reading.position
        elif rest.strip():
            found.append(_call(written, [Text((rest.strip(),), line, line)], NO_KEYWORDS))
        else:
            found.append(written)
    return tuple(found)


def _call(name: Name, args: list[Expr], keywords: dict[str, Expr]) -> Call:
    return Call(name, tuple(args), keywords, name.line, name.line)


class _Reading:
    """Reads the arguments of one annotation, token by token."""

    def __init__(self, text: str, position: int, line: int) -> None:
        self.text, self.position, self.line = text, position, line
        self.left = TOKEN_LIMIT
        self.kind, self.token = 0, ""
        self.next()

    def next(self) -> None:
        """The next token that is no space; an empty one at the end."""
        while self.left and (match := TOKEN.match(self.text, self.position)):
            self.left -= 1
            self.position = match.end()
            if match.lastindex:
                self.kind, self.token = match.lastindex, match[match.lastindex]
                return
        self.kind, self.token, self.left = 0, "", 0

    def arguments(self, closing: str, depth: int) -> tuple[list[Expr], dict[str, Expr]]:
        """Values up to a closing bracket: those without and those with a name."""
        args: list[Expr] = []
        named: dict[str, Expr] = {}
        while self.kind and not (self.kind == 4 and self.token == closing):
            key = self._value(depth)
            if self.kind == 4 and self.token in "=:":
                self.next()
                value = self._value(depth)
                if value is not None:
                    named[_key(key)] = value
            elif key is not None:
                args.append(key)
            if self.kind == 4 and self.token == ",":
                self.next()
        if depth:
            self.next()
        return args, named

    def _value(self, depth: int) -> Expr | None:
        kind, token = self.kind, self.token
        if kind == 4 and token in "{[" and depth < DEPTH_LIMIT:
            self.next()
            return _list(*self.arguments(CLOSING[token], depth + 1), self.line)
        self.next()
        if kind == 1:
            return Text((token.replace('""', '"'),), self.line, self.line)
        if kind == 2 or token in ("true", "false", "null"):
            return Number(token, self.line)
        if kind == 3:
            return self._named(token, depth)
        return None

    def _named(self, token: str, depth: int) -> Expr:
        name = Name(token.lstrip("@\\").replace("\\", ".").replace("::", "."), self.line)
        if not token.startswith("@"):
            return name
        if not (self.kind == 4 and self.token == "(" and depth < DEPTH_LIMIT):
            return _call(name, [], NO_KEYWORDS)
        self.next()
        return _call(name, *self.arguments(")", depth + 1))


def _key(expr: Expr | None) -> str:
    if isinstance(expr, Text):
        return "".join(part for part in expr.parts if isinstance(part, str))
    return expr.dotted if isinstance(expr, Name) else expr.text if isinstance(expr, Number) else ""


def _list(values: list[Expr], named: dict[str, Expr], line: int) -> Expr:
    if not named:
        return Items(tuple(values), line)
    pairs: list[tuple[Expr | None, Expr]] = [(Text((key,), line, line), value) for key, value in named.items()]
    pairs += [(Number(str(place), line), value) for place, value in enumerate(values)]
    return Mapping(tuple(pairs), line)
