"""Lines of code and of comments, for languages that comment as C does."""

from __future__ import annotations


def line_counts(text: str, marks: tuple[str, ...] = ("//",), code_marks: tuple[str, ...] = ()) -> tuple[int, int]:
    """Lines that hold code, and lines that hold a comment alone.

    Args:
        text: a whole file.
        marks: what begins a comment to the end of the line.
        code_marks: what begins with such a mark and is code all the same (``#[`` of PHP).
    """
    code, comments, inside = 0, 0, False
    for line in text.split("\n"):
        rest = line.strip()
        if not rest:
            continue
        if inside or rest.startswith("/*"):
            inside = "*/" not in rest
            rest = rest.partition("*/")[2].strip()
        if rest and (not rest.startswith(marks) or (code_marks and rest.startswith(code_marks))):
            code += 1
        else:
            comments += 1
    return code, comments
