"""Where a lambda stands: the call that it is handed to, and the calls around that, for routes that nest in lambdas."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from reviewer.gather.syntax import Call, Lambda, Module

AROUND_MOST = 60
"""Lambdas around a call that are followed outwards."""
LAMBDA = "<lambda>"


class Lambdas:
    """The lambdas of one module, by the calls that they are handed to."""

    def __init__(self, module: Module) -> None:
        self.module = module
        self._calls = {
            arg.function: call
            for call in module.calls
            for arg in chain(call.args, call.keywords.values())
            if isinstance(arg, Lambda)
        }

    def call_of(self, function: int) -> Call | None:
        """The call that a lambda is handed to, None for any other function."""
        return self._calls.get(function)

    def around(self, function: int) -> Iterator[Call]:
        """The calls whose lambdas lie around a place, innermost first.

        Args:
            function: the index of the function that the place is in.
        """
        for _ in range(AROUND_MOST):
            call = self._calls.get(function)
            if call is None:
                return
            yield call
            function = call.function

    def named(self, function: int) -> int:
        """The index of the function with a name around a place, -1 for none."""
        functions = self.module.functions
        for _ in range(AROUND_MOST):
            if not 0 <= function < len(functions) or functions[function].name != LAMBDA:
                return function
            call = self._calls.get(function)
            function = call.function if call is not None else functions[function].parent
        return -1
