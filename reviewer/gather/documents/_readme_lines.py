"""A README as lines: headings, prose, code, each with its section. Markdown, reStructuredText and plain text alike.

Nothing is rendered: a scanner looks at one line at a time, and at the line after it for underlined headings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum, auto

TEXT_LIMIT = 200_000
LINE_LIMIT = 1_000
LINES_MOST = 20_000
DIRECTIVES = (".. image::", ":target:", ":alt:")
UNDERLINES = frozenset("=-~^*+#")
FENCE = re.compile(r"[ \t]{0,8}(?:[-*+>] )?(`{3,}|~{3,})[ \t]*([\w+#.-]*)")
ATX = re.compile(r" {0,3}(#{1,6})[ \t]+(.*)")
HTML_HEADING = re.compile(r"[ \t]*<h[1-6][^<>]{0,200}>(.{0,300}?)</h[1-6]>", re.IGNORECASE)
HTML_LEVEL = re.compile(r"[ \t]*<h([1-6])", re.IGNORECASE)
IMAGE = re.compile(r"!\[[^\[\]]{0,300}\]\([^()]{0,600}\)|\[!\[[^\[\]]{0,300}\]\([^()]{0,600}\)\]\([^()]{0,600}\)")
LINK = re.compile(r"\[([^\[\]]{0,300})\](?:\([^()]{0,600}\)|\[[^\[\]]{0,100}\])")
TAG = re.compile(r"<[a-zA-Z/!][^<>]{0,600}>")
ADDRESS = re.compile(r"https?://\S{1,600}")
STRUCK = re.compile(r"~~[^~]{1,300}~~")
MARKS = re.compile(r"[*_`>|#]+")
CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
LIST_ITEM = re.compile(r"[ \t]*(?:[-*+•]|\d{1,3}[.)])[ \t]+")


class Part(Enum):
    """What a line of a README is."""

    HEADING = auto()
    PROSE = auto()
    CODE = auto()


@dataclass(frozen=True, slots=True)
class ReadmeLine:
    """A line that holds something. ``section`` is the heading above it; ``language`` that of a code block;
    ``level`` the depth of a heading, 1 for the topmost."""

    number: int
    part: Part
    raw: str
    section: str
    language: str = ""
    level: int = 0

    @property
    def text(self) -> str:
        """The line as words: no images, addresses, tags or marks."""
        return plain(self.raw)


def plain(line: str) -> str:
    """A line of prose without markup; a link reads as its text."""
    text = IMAGE.sub(" ", STRUCK.sub(" ", line))
    return MARKS.sub("", ADDRESS.sub(" ", TAG.sub(" ", LINK.sub(r"\1", text)))).strip()


def word_count(text: str) -> int:
    """Words of a text; two signs of a script without spaces count as one."""
    return sum(any(sign.isalnum() for sign in word) for word in text.split()) + len(CJK.findall(text)) // 2


def scan(source: str) -> Iterator[ReadmeLine]:
    """Every line of a README that is not blank, up to `TEXT_LIMIT` characters."""
    lines = [line[:LINE_LIMIT] for line in source[:TEXT_LIMIT].split("\n", LINES_MOST)[:LINES_MOST]]
    scanner = _Scanner(lines)
    for index in range(len(lines)):
        found = scanner.take(index)
        if found is not None:
            yield found


@dataclass(slots=True)
class _Scanner:
    """Where in a README the scan is: its section, and the code block that is open.

    ``fence`` is the mark that closes the block, ``literal`` says that an indented block goes on or may begin, ``skip``
    is the line of an underline that was already read.
    """

    lines: list[str]
    section: str = ""
    fence: str = ""
    language: str = ""
    literal: bool = False
    blank: bool = True
    skip: int = -1

    def take(self, index: int) -> ReadmeLine | None:
        line = self.lines[index]
        stripped = line.strip()
        marked = _fence(line)
        if self.fence:
            closes = marked and marked.group(1).startswith(self.fence) and not marked.group(2)
            self.fence = "" if closes else self.fence
            return None if closes or not stripped else self._line(index, Part.CODE, line)
        if marked:
            self.fence, self.language = marked.group(1)[:3], marked.group(2).lower()
            return None
        if not stripped or index == self.skip or stripped.startswith(DIRECTIVES):
            self.blank = self.blank or not stripped
            return None
        self.language = ""
        if line.startswith(("    ", "\t")) and (self.blank or self.literal) and not LIST_ITEM.match(line):
            self.literal = True
            return self._line(index, Part.CODE, line)
        self.literal, self.blank = stripped.endswith("::") or stripped.startswith(".. code"), False
        return self._words(index, line, stripped)

    def _words(self, index: int, line: str, stripped: str) -> ReadmeLine | None:
        title = _title(self.lines, index)
        if title is not None:
            self.skip = index + 1 if _underlined(self.lines, index) else -1
            self.section = title
            return replace(self._line(index, Part.HEADING, title), level=_level(line)) if title else None
        if _rule(stripped) or stripped.startswith(".. code"):
            return None
        return self._line(index, Part.PROSE, line)

    def _line(self, index: int, part: Part, raw: str) -> ReadmeLine:
        return ReadmeLine(index + 1, part, raw, self.section, self.language if part is Part.CODE else "")


def _fence(line: str) -> re.Match[str] | None:
    """The mark of a code block; what follows backticks holds none, or it is code within a line (CommonMark 4.5)."""
    marked = FENCE.match(line)
    return None if marked and marked.group(1)[0] == "`" and "`" in line[marked.end(1) :] else marked


def _level(line: str) -> int:
    """The depth of a heading by its marks; underlined ones are taken for sections of the second depth."""
    atx, html = ATX.match(line), HTML_LEVEL.match(line)
    return len(atx.group(1)) if atx else int(html.group(1)) if html else 2


def _title(lines: list[str], index: int) -> str | None:
    """The text of a heading; None for a line that is none."""
    line = lines[index]
    atx = ATX.match(line)
    if atx:
        return plain(atx.group(2).rstrip("# \t"))
    html = HTML_HEADING.match(line)
    if html:
        return plain(html.group(1))
    return plain(line) if _underlined(lines, index) else None


def _underlined(lines: list[str], index: int) -> bool:
    line, below = lines[index].strip(), lines[index + 1].strip() if index + 1 < len(lines) else ""
    if len(below) < 3 or below[0] not in UNDERLINES or len(line) > 100 or line.startswith(("-", "*", "|", ">")):
        return False
    return below == below[0] * len(below) and len(below) + 3 >= len(line) and not _rule(line)


def _rule(stripped: str) -> bool:
    return len(stripped) > 2 and stripped[0] in UNDERLINES and stripped == stripped[0] * len(stripped)
