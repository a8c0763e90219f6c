"""What is changed in Kotlin before it is parsed, byte for byte, where the grammar errs; positions stay as they are.

A call of ``get`` on the line below a property is an accessor to the grammar, ``suspend { }`` an error, letters beyond
ASCII are no part of a name, and what is declared wants a line of its own or a semicolon: each spoils what follows it.
Words such as ``inner`` and ``data`` behind an annotation with arguments are names to it, and ``class`` another.
"""

from __future__ import annotations

import re

CALLED_GET = re.compile(rb"^([ \t]*)get(?=[ \t]*(?:\((?![ \t]*\))|\{|<))", re.MULTILINE)
"""An accessor takes no parameters; what does is a function."""
CALLED_SET = re.compile(rb"^([ \t]*)set(?=[ \t]*\([ \t]*[\"\d])", re.MULTILINE)
"""An accessor's parameter is a name."""
INFIX_GET = re.compile(rb"(?<=[})] )get(?= [A-Za-z_])")
"""``insert { } get Users.id``: behind a property an accessor to the grammar."""
DOLLARS = re.compile(rb"\$\$+(?=\")")
"""``$$"..."``: how many dollars begin what is put in."""
BELOW = re.compile(rb"\b(class[ \t]+\w{1,200})([ \t]{0,8}\r?\n[ \t]{0,80})\(")
"""A constructor on the line below its class."""
SUSPENDED = re.compile(rb"\bsuspend(?=[ \t]*\{)")
SOFT = re.compile(rb"\b(?:inner|data|value|annotation)(?=[ \t]+(?:class|object)\b)|\boperator(?=[ \t]+fun\b)")
"""Words before a declaration that the grammar may take for names; what they say of it is told elsewhere."""
EMPTY = re.compile(rb"(:[ \t]*[\w<>*, .?]{1,80}=[ \t]*)\[\]")
"""``val groups: Array<KClass<*>> = []`` of an annotation: an array that the grammar knows only where one is given."""
LETTERS = re.compile(rb"(?<!')(?:[\xc3-\xdf][\x80-\xbf]|(?!\xe2\x80|\xe3\x80|\xef\xbb)[\xe0-\xef][\x80-\xbf]{2})+")
"""Two and three bytes each, but for white space, quotation marks and the mark of byte order."""
CLOSING = re.compile(rb"(?<=[\w)>?\]}]) \}")
DECLARED = re.compile(rb"\b(?:val|var|fun|class|interface|object)\b[^{}]*[^{}]\Z")
BLOCK_BEFORE = re.compile(rb"\b(?:companion object[^{}]{0,80}|by lazy )\{[^{}]*\}\Z")
BEFORE = 300
"""Bytes before a closing brace in which its last declaration is looked for."""


def repaired(data: bytes) -> bytes:
    """The source as the grammar reads it rightly, of the same length."""
    if b"get" in data:
        data = INFIX_GET.sub(b"g_t", CALLED_GET.sub(rb"\1g_t", data))
    if b"set" in data:
        data = CALLED_SET.sub(rb"\1s_t", data)
    if b"suspend" in data:
        data = SUSPENDED.sub(b"       ", data)
    data = EMPTY.sub(rb"\g<1>0 ", data) if b"[]" in data else data
    if b"$$" in data:
        data = DOLLARS.sub(lambda match: b" " * len(match[0]), data)
    data = BELOW.sub(lambda match: match[1] + b"(" + match[2], data)
    data = SOFT.sub(lambda match: b" " * len(match[0]), data)
    if not data.isascii():
        data = LETTERS.sub(lambda match: b"_" * len(match[0]), data)
    return CLOSING.sub(_ended, data)


def _ended(match: re.Match[bytes]) -> bytes:
    """`` }`` with a semicolon in place of the space where a declaration stands right before it."""
    before = match.string[max(0, match.start() - BEFORE) : match.start()].rpartition(b"\n")[2]
    inside = before[max(before.rfind(b"{"), before.rfind(b"}")) + 1 :]
    return b";}" if DECLARED.search(inside) or BLOCK_BEFORE.search(before) else match[0]
