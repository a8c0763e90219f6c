"""Leaving comments out of C-like texts without parsing them."""

from __future__ import annotations


def without_comments(source: str) -> list[str]:
    """The lines of a C-like text; what ``//`` and ``/* */`` comment out from the start of a line becomes empty."""
    lines: list[str] = []
    inside = False
    for line in source.split("\n"):
        stripped = line.lstrip()
        inside = inside or stripped.startswith("/*")
        lines.append("" if inside or stripped.startswith("//") else line)
        inside = inside and "*/" not in line
    return lines
