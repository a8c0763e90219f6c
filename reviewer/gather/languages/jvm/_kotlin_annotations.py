"""Annotations on lines of their own before a declaration of a file, put into one, where the grammar errs.

Two of them make an expression of what follows: ``@RestController``, ``@RequestMapping("/x")`` and a class become a
call behind annotations, and the class is lost. Of ``@[RestController RequestMapping("/x")]`` no such thing is made.
What is added is taken from white space, so that every line stays where it is.
"""

from __future__ import annotations

import re

FIRST = re.compile(rb"^@(?=[A-Za-z_])", re.MULTILINE)
NAME = re.compile(rb"@([A-Za-z_][\w.]*)(?!:)")
SPACE = re.compile(rb"(?:[ \t\r\n]|//[^\n]{0,400}\n|/\*(?:[^*]|\*(?!/)){0,1000}\*/)+")
"""White space, with comments in it."""
DECLARATION = re.compile(
    rb"(?:(?:public|private|internal|protected|open|abstract|sealed|final|enum|const|lateinit|suspend|inline|infix|tailrec"
    rb"|override|external|expect|actual|fun|data|value|inner|annotation)[ \t]+)*"
    rb"(?:class|interface|object|fun|val|var|typealias)[ \t]"
)
"""The words of a declaration up to what it names, with the space behind them."""
ARGUMENTS_MOST = 3_000
"""Bytes of the arguments of one annotation that are looked through."""
ANNOTATIONS_MOST = 40
UNFINISHED_MOST = 50
"""Annotations of a file whose arguments do not end, before the rest is left as it is."""


def joined(data: bytes) -> bytes:
    """The source with annotations that stand one below the other at the left edge in one pair of brackets."""
    pieces: list[bytes] = []
    done = unfinished = 0
    for found in FIRST.finditer(data):
        if found.start() < done or unfinished > UNFINISHED_MOST:
            continue
        block, end = _block(data, found.start())
        unfinished += end == found.start()
        if block:
            pieces += [data[done : found.start()], block]
            done = end
    return b"".join([*pieces, data[done:]])


def _block(data: bytes, start: int) -> tuple[bytes, int]:
    """The annotations from a place on in brackets, and where they end; nothing where one stands alone.

    Where the arguments of one do not end, the place itself is returned.
    """
    names: list[bytes] = []
    spaces: list[bytes] = []
    place = start
    while len(names) < ANNOTATIONS_MOST and (named := NAME.match(data, place)):
        end = _behind(data, named.end())
        if end < 0:
            return b"", start
        space = SPACE.match(data, end)
        if space is None:
            return b"", end
        names.append(data[place + 1 : end])
        spaces.append(space[0])
        place = space.end()
    declared = DECLARATION.match(data, place)
    if len(names) < 2 or declared is None:
        return b"", max(place, start + 1)
    return _written(names, spaces, declared[0]), declared.end()


def _written(names: list[bytes], spaces: list[bytes], declared: bytes) -> bytes:
    """The same number of bytes and of lines as the annotations and the first word behind them have."""
    missing = 3 - len(names)
    inner = [b"\n" * space.count(b"\n") or b" " for space in spaces[:-1]]
    last = b"\n" * spaces[-1].count(b"\n")
    missing -= sum(map(len, spaces)) - sum(map(len, inner)) - len(last)
    if missing > 0 and last:
        last, declared, missing = last[1:], declared[:-1] + b"\n", missing - 1
    body = b"".join(name + space for name, space in zip(names, [*inner, b""], strict=True))
    return b"@[" + body + b"]" + b" " * -missing + last + declared


def _behind(data: bytes, place: int) -> int:
    """Where the arguments of an annotation end: the place itself where it has none, -1 where they do not end."""
    if data[place : place + 1] != b"(":
        return place
    depth, quoted = 0, False
    for at in range(place, min(len(data), place + ARGUMENTS_MOST)):
        char = data[at]
        if char == 0x22 and data[at - 1] != 0x5C:
            quoted = not quoted
        elif not quoted and char == 0x28:
            depth += 1
        elif not quoted and char == 0x29:
            depth -= 1
            if not depth:
                return at + 1
    return -1
