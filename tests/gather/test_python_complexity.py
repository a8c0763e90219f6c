"""Complexity and maintainability of Python against radon, over this project's sources and radon's own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import radon
from radon.complexity import cc_visit
from radon.metrics import mi_visit
from radon.visitors import Class, Function

import reviewer
from reviewer.gather.languages.python.python import PYTHON

SOURCES = sorted(
    path
    for package in (reviewer, radon)
    for path in Path(str(package.__file__)).parent.rglob("*.py")
    if path.stat().st_size > 200
)
LONG = sorted(path for path in Path(str(radon.__file__)).parent.glob("*.py") if path.stat().st_size > 4000)
CLOSE = 6.0
"""Points of 100 by which the index of a long file may differ: radon counts logical lines by tokens."""


def blocks(found: list[Function | Class]) -> Iterator[Function]:
    for item in found:
        if isinstance(item, Function):
            yield item
            yield from blocks(item.closures)
        else:
            yield from blocks(item.methods)
            yield from blocks(item.inner_classes)


def test_agrees_with_radon_on_99_percent_of_functions() -> None:
    agreed = total = 0
    for path in SOURCES:
        source = path.read_text(encoding="utf-8")
        ours = {(item.line, item.name): item.complexity for item in PYTHON.parse(source.encode(), "python").functions}
        for item in {(item.lineno, item.name): item for item in blocks(cc_visit(source))}.values():
            total += 1
            agreed += ours.get((item.lineno, item.name)) == item.complexity
    assert total > 300
    assert agreed / total >= 0.99


@pytest.mark.parametrize("path", LONG, ids=lambda path: path.stem)
def test_maintainability_is_close_to_radons(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    ours = PYTHON.parse(source.encode(), "python").maintainability
    assert ours == pytest.approx(mi_visit(source, multi=True), abs=CLOSE)
