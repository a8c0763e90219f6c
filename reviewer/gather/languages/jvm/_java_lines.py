"""Lines of code and of comments, for languages that comment as C does."""

from __future__ import annotations


def line_counts(text: str) -> tuple[int, int]:
    """Lines that hold code, and lines that hold a comment alone."""
    code, comments, inside = 0, 0, False
    for line in text.split("\n"):
        rest = line.strip()
        if not rest:
            continue
        if inside or rest.startswith("/*"):
            inside = "*/" not in rest
            rest = rest.partition("*/")[2].strip()
        if rest and not rest.startswith("//"):
            code += 1
        else:
            comments += 1
    return code, comments
