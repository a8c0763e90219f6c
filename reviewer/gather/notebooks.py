"""The code cells of a Jupyter notebook as one Python text."""

from __future__ import annotations

import msgspec


class _Cell(msgspec.Struct):
    cell_type: str = ""
    source: str | list[str] = ""


class _Notebook(msgspec.Struct):
    cells: list[_Cell] = []


def code_of_notebook(text: str) -> str:
    """The code cells, one after another; magics become comments. ``""`` for what is no notebook."""
    try:
        cells = msgspec.json.decode(text.encode(), type=_Notebook, strict=False).cells
    except (msgspec.DecodeError, msgspec.ValidationError, RecursionError, UnicodeEncodeError):
        return ""
    sources = ("".join(cell.source) for cell in cells if cell.cell_type == "code")
    return "".join(_without_magics(source) + "\n" for source in sources)


def _without_magics(source: str) -> str:
    lines = source.split("\n")
    return "\n".join(f"# {line}" if line.lstrip().startswith(("%", "!")) else line for line in lines)
