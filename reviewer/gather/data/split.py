"""Cuts a text of SQL into statements, in one pass, without understanding them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from reviewer.gather.data.dialect import MYSQL, ORACLE, TSQL

ROUTINE = re.compile(
    r"(?:create|alter)\s+(?:or\s+(?:replace|alter)\s+)?(?:non)?(?:definer\s*=\s*\S+\s+)?(?:temp\w*\s+|constraint\s+|editionable\s+)?"
    r"(?:procedure|function|trigger|event|package|proc)\b",
    re.IGNORECASE,
)
DIRECTIVE = re.compile(
    r"[ \t]*+(?:(?P<go>go(?:[ \t]++\d++)?[ \t]*+;?[ \t]*+)|delimiter[ \t]++(?P<delimiter>\S{1,10})[ \t]*+"
    r"|(?P<meta>[\\.]\w[^\n]*+)|(?P<slash>/[ \t]*+)|(?P<plus>(?:rem(?:ark)?|prompt|spool|define|undefine|accept"
    r"|whenever|conn(?:ect)?[ \t]++[\w&]*+[/@]\S*+|disconnect|column"
    r"|[tb]title|pause|exit|quit|show[ \t]++errors?|@@?[\w./&$-]++"
    r"|set[ \t]++(?:echo|feedback|serveroutput|verify|heading|linesize|pagesize|define|termout|trimspool|timing|tab"
    r"|scan|sqlblanklines|autoprint|head|lines|pages|long|colsep|numwidth|trimout))\b[^\n]*+))(?=\n|\Z)",
    re.IGNORECASE,
)
"""Lines that are orders to a shell, not to the database: ``GO``, ``DELIMITER``, psql's and SQL*Plus's commands."""

COPY = re.compile(r"copy\b.*\bfrom\s+stdin\b", re.IGNORECASE | re.DOTALL)
STARTER = re.compile(
    r"[ \t]*+(select|insert|update|delete|create|alter(?!\s+column)|drop(?!\s+(?:column|constraint))|use|declare"
    r"|exec|execute|print|merge|truncate|if|while|grant|commit|rollback|begin\s+tran\w*|with(?=\s+\[?\w+\]?\s*(?:\(|as\b))"
    r"|set(?=\s+(?:@|nocount|ansi|quoted|identity_insert|xact)))\b",
    re.IGNORECASE,
)
CONTINUES = frozenset(
    {"union", "all", "except", "intersect", "as", "then", "else", "begin", "on", "for", "after", "of", "or"}
)
COMMENT = re.compile(r"--[^\n]*")
TAIL = 400
"""Characters before a line among which the last word of the statement so far is looked for."""
VIEW_OF_CTE = re.compile(r"\w+\s+(?:or\s+alter\s+)?view\b[^;]{0,400}?\bas\s+with\b", re.IGNORECASE)
BODY = re.compile(r"\b(?:values|select|exec|default)\b", re.IGNORECASE)
WORD = re.compile(r"[\w@]+|[^\s\w]")
BACKSLASH_STRING = re.compile(r"(?:[^'\\]++|\\.)*+'", re.DOTALL)
BLOCK = re.compile(r"(?:declare|begin)\b(?!\s*(?:;|tran|work))", re.IGNORECASE)
PACKAGE = re.compile(r"create\s+(?:or\s+replace\s+)?(?:(?:non)?editionable\s+)?package\b", re.IGNORECASE)
BRACKETS = {"[": "]", "(": ")", "{": "}", "<": ">"}
DOLLAR = re.compile(r"\$(?:[A-Za-z_]\w{0,40})?\$")


@dataclass(frozen=True, slots=True)
class Piece:
    """One statement without its terminator and its leading comments; ``closed``: no quote or comment stays open."""

    text: str
    line: int
    end_line: int
    closed: bool = True
    routine: bool = False


def split(text: str, dialect: str = "") -> Iterator[Piece]:
    """The statements of a text, in order. Linear in its length.

    Args:
        text: the whole file.
        dialect: sqlglot's name; MySQL has backslashes in strings and ``#`` comments, T-SQL needs no semicolons.
    """
    return _Splitter(text, dialect).run()


@cache
def _tokens(dialect: str, delimiter: str) -> re.Pattern[str]:
    parts = [r"--[^\n]*", r"/\*", "['\"`]", r"\n", re.escape(delimiter), r"\b(?:begin|case|end)\b"]
    if dialect == MYSQL:
        parts.append(r"#[^\n]*")
    if dialect == TSQL:
        parts += [r"[()]", r"\[[^\]\n]*\]"]
    elif "$" not in delimiter:
        parts.append(DOLLAR.pattern)
    return re.compile("|".join(parts), re.IGNORECASE)


class _Splitter:
    """The state of one pass: where the statement began, how deep its parentheses and blocks are."""

    def __init__(self, text: str, dialect: str) -> None:
        self.text, self.dialect, self.delimiter = text, dialect, ";"
        self.start = 0
        self.counted, self.line = 0, 1
        self.depth = self.blocks = 0
        self.routine: bool | None = None
        self.closed = True
        self.ended = False

    def run(self) -> Iterator[Piece]:
        position, text = 0, self.text
        directive = DIRECTIVE.match(text)
        while True:
            if directive:
                yield from self._piece(directive.start())
                position = self.start = self._after_directive(directive)
            token = _tokens(self.dialect, self.delimiter).search(text, position)
            if token is None:
                break
            directive, position = None, token.end()
            word = token[0]
            if word == "\n":
                directive = self._directive(position)
                if self.dialect == TSQL and self._starts_anew(position):
                    yield from self._piece(position)
            elif word == self.delimiter:
                if not self._inside_routine():
                    yield from self._piece(token.start(), position)
                    position = self._after_copy(position)
            else:
                position = self._inside(token, position)
        yield from self._piece(len(text), closed=self.closed)

    def _inside(self, token: re.Match[str], position: int) -> int:
        """Steps over a comment or a quoted text, and counts blocks and parentheses; gives the next position."""
        word = token[0]
        if word[0] in "-#" or word == "/*":
            return self._after_comment(token)
        if word[0] in "'\"`$":
            following = self._after_quote(word, position)
            if self.dialect == ORACLE and word == "'" and self.text[position - 2 : position - 1] in ("q", "Q"):
                following = self._after_bracketed(position)
            self.closed = following >= 0
            return following if self.closed else len(self.text)
        self._block(word.lower(), position)
        return position

    def _piece(self, end: int, following: int | None = None, *, closed: bool = True) -> Iterator[Piece]:
        """The statement that ends here, if there is one; the next begins behind it."""
        raw = self.text[self.start : end]
        body = raw.strip()
        if body:
            begin = self.start + len(raw) - len(raw.lstrip())
            line = self._line_at(begin)
            yield Piece(body, line, line + body.count("\n"), closed, bool(self.routine or ROUTINE.match(body)))
        self.start = end if following is None else following
        self.depth = self.blocks = 0
        self.routine = None
        self.ended = False

    def _line_at(self, offset: int) -> int:
        self.line += self.text.count("\n", self.counted, offset)
        self.counted = offset
        return self.line

    def _blank_so_far(self, end: int) -> bool:
        return (
            not self.text[self.start : min(end, self.start + 200)].strip() and not self.text[self.start : end].strip()
        )

    def _directive(self, position: int) -> re.Match[str] | None:
        found = DIRECTIVE.match(self.text, position)
        if found is None or (found["slash"] and self.dialect in (ORACLE, "")):
            return found
        shell = found["meta"] or found["plus"] or found["slash"]
        return None if found["slash"] or (shell and not self._blank_so_far(position)) else found

    def _after_directive(self, found: re.Match[str]) -> int:
        if found["delimiter"]:
            self.delimiter = found["delimiter"]
        return found.end()

    def _after_comment(self, token: re.Match[str]) -> int:
        end = token.end()
        if token[0] == "/*":
            closing = self.text.find("*/", end)
            self.closed = closing >= 0
            if not self.closed:
                return len(self.text)
            end = closing + 2
        if self._blank_so_far(token.start()):
            self.start = end
        return end

    def _after_quote(self, quote: str, position: int) -> int:
        if quote == "'" and self.dialect == MYSQL:
            found = BACKSLASH_STRING.match(self.text, position)
            return found.end() if found else -1
        closing = self.text.find(quote, position)
        return closing + len(quote) if closing >= 0 else -1

    def _after_bracketed(self, position: int) -> int:
        """Behind Oracle's ``q'[...]'``, in which quotes are plain letters."""
        opening = self.text[position : position + 1]
        closing = self.text.find(BRACKETS.get(opening, opening) + "'", position + 1) if opening else -1
        return closing + 2 if closing >= 0 else -1

    def _after_copy(self, position: int) -> int:
        """Behind the rows that ``COPY ... FROM stdin`` carries along."""
        head = self.text[max(0, position - 2000) : position]
        if "stdin" not in head[-20:].lower() or not COPY.search(head):
            return position
        closing = self.text.find("\n\\.", position)
        self.start = len(self.text) if closing < 0 else closing + 3
        return self.start

    def _block(self, word: str, position: int) -> None:
        if word == "(":
            self.depth += 1
        elif word == ")":
            self.depth = max(0, self.depth - 1)
        elif word == "case" and self.text[max(0, position - 12) : position - 4].rstrip().lower().endswith("end"):
            return
        elif word in ("begin", "case"):
            self.blocks += not re.compile(r"\s*(?:tran|work|;)", re.IGNORECASE).match(self.text, position)
        elif word == "end" and not re.compile(r"\s+(?:if|loop|while|repeat)\b", re.IGNORECASE).match(
            self.text, position
        ):
            self.blocks = max(0, self.blocks - 1)
            self.ended = True

    def _inside_routine(self) -> bool:
        if self.dialect == ORACLE:
            return self._inside_block()
        if self.blocks == 0:
            return False
        if self.routine is None:
            self.routine = bool(ROUTINE.match(self.text[self.start : self.start + 400].lstrip()))
        return self.routine

    def _inside_block(self) -> bool:
        """Whether a routine or block of PL/SQL goes on: its declarations stand before its BEGIN, with semicolons."""
        if self.routine is None:
            head = self.text[self.start : self.start + 400].lstrip()
            self.routine = bool(ROUTINE.match(head) or BLOCK.match(head))
            self.blocks += bool(PACKAGE.match(head))
        return self.routine and not (self.ended and self.blocks == 0)

    def _starts_anew(self, position: int) -> bool:
        """Whether a T-SQL statement begins on this line although the one before it has no semicolon."""
        found = STARTER.match(self.text, position)
        if not found or self.depth:
            return False
        head = self.text[self.start : self.start + 400].lstrip()
        if not head or ROUTINE.match(head):
            return False
        last = WORD.findall(COMMENT.sub("", self.text[max(self.start, position - TAIL) : position]))[-1:]
        if last and (last[-1].lower() in CONTINUES or last[-1] == ","):
            return False
        return self._complete(head.split(None, 1)[0].lower(), found[1].lower(), position)

    def _complete(self, first: str, following: str, position: int) -> bool:
        """Whether the statement so far can do without ``following``."""
        sofar = self.text[self.start : min(position, self.start + 4000)]
        if first == "insert" and following in ("select", "exec", "execute", "with"):
            return bool(BODY.search(sofar))
        if first == "with" or (first in ("create", "alter") and VIEW_OF_CTE.match(sofar.lstrip())):
            return bool(re.compile(r"\)\s*(?:select|insert|update|delete|merge)\b", re.IGNORECASE).search(sofar))
        return first != "merge" or following not in ("insert", "update", "delete", "select")
