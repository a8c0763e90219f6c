"""Fingerprints of blocks of code, by which a check tells that the same lines stand in two places.

A block is `BLOCK` significant lines in a row inside functions: without blank lines, comments, lone brackets and
entries of literals. About one block in `SPARSE` is kept, chosen by what its first line says, so that copies keep the
same ones wherever they stand (Schleimer, Wilkerson and Aiken, "Winnowing: local algorithms for document
fingerprinting", 2003).
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence
from hashlib import blake2b

from reviewer.gather.syntax import Function
from reviewer.model.facts.code import Block

BLOCK = 10
"""Significant lines that make a block: what SonarQube takes for a duplication outside Java."""
SPARSE = 4
MOST = 2000
ENDS = ("{", "[", ",", ": true", ": false", "'", '"')
BARE = "{}()[];, \t"
COMMENTS = ("//", "#", "/*", "*", '"""', "--")
ENTRY = re.compile(
    r"""(?:['"]?[\w.$-]{1,60}['"]?\s?(?::|=>)\s?)?"""
    r"""(?:true|false|null|None|nil|True|False|-?[\d.]+|'[^']*'|"[^"]*"|\w+)?[\[{()}\]]*[,;]?\Z"""
)
"""A line of a literal that names fields, flags or texts: what is chosen or declared, not what is done."""
LONGEST = 400
"""Characters of a line that are compared."""


def blocks_of(text: str, functions: Sequence[Function]) -> tuple[Block, ...]:
    """The fingerprints of a file.

    Args:
        text: its source.
        functions: of the file, in any order; nested ones belong to the outer.
    """
    lines = text.split("\n")
    kept = [(number, line) for number in _inside(functions, len(lines)) if (line := _significant(lines[number - 1]))]
    found = []
    for place, (number, line) in enumerate(kept[: len(kept) - BLOCK + 1]):
        if zlib.crc32(line.encode()) % SPARSE == 0:
            block = kept[place : place + BLOCK]
            digest = blake2b("\n".join([line for _, line in block]).encode(), digest_size=7).digest()
            found.append(Block(line=number, end_line=block[-1][0], digest=int.from_bytes(digest, "big")))
    return tuple(found[:MOST])


def _inside(functions: Sequence[Function], last: int) -> Iterator[int]:
    """The numbers of the lines inside functions, each once."""
    done = 0
    for item in sorted(functions, key=lambda item: item.line):
        yield from range(max(item.line, done + 1), min(item.end_line, last) + 1)
        done = max(done, item.end_line)


def _significant(line: str) -> str:
    """A line as it is compared; empty where it says nothing."""
    bare = line[:LONGEST].strip()
    if not bare.strip(BARE) or bare.startswith(COMMENTS):
        return ""
    return "" if bare.endswith(ENDS) and ENTRY.match(bare) else bare
