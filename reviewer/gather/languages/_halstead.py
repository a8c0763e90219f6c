"""Halstead's volume and the maintainability index, counted while a Python tree is walked, as radon counts them."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from reviewer.gather.syntax import Attribute, Expr, Name, Number, Text


@dataclass(slots=True)
class Halstead:
    """Operators and operands of the binary, unary, boolean, comparing and augmenting operators (Halstead 1977)."""

    operators: int = 0
    operands: int = 0
    distinct_operators: set[str] = field(default_factory=set)
    distinct_operands: set[tuple[str, str]] = field(default_factory=set)

    def add(self, operator: str, operands: tuple[Expr, ...], context: str) -> None:
        """Counts one operator. Operands are told apart by name or value within the function ``context``."""
        self.operators += 1
        self.operands += len(operands)
        self.distinct_operators.add(operator)
        for operand in operands:
            self.distinct_operands.add((context, self._key(operand)))

    def _key(self, operand: Expr) -> str:
        match operand:
            case Name(dotted=dotted):
                return dotted.rpartition(".")[2]
            case Attribute(name=name):
                return name
            case Number(text=text):
                return text
            case Text(parts=(str(text),)):
                return f"'{text}"
            case _:
                return f"#{self.operands} {len(self.distinct_operands)}"

    @property
    def volume(self) -> float:
        """``N log2 n``: the length times the bits that one of the vocabulary takes."""
        vocabulary = len(self.distinct_operators) + len(self.distinct_operands)
        return (self.operators + self.operands) * math.log2(vocabulary) if vocabulary else 0.0


def maintainability(volume: float, complexity: int, logical_lines: int, comment_share: float) -> float:
    """The maintainability index, 0 to 100 (Oman and Hagemeister 1992, scaled as Visual Studio and radon do).

    Args:
        volume: Halstead's.
        complexity: the cyclomatic complexity of the whole file.
        logical_lines: statements.
        comment_share: comment lines per source line, in percent.
    """
    if volume <= 0 or logical_lines <= 0:
        return 100.0
    comments = 50 * math.sin(math.sqrt(2.46 * math.radians(comment_share)))
    index = 171 - 5.2 * math.log(volume) - 0.23 * complexity - 16.2 * math.log(logical_lines) + comments
    return min(max(0.0, index * 100 / 171), 100.0)
