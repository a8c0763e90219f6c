"""Paths among the settings that a function gives back: ``getConfig = () => ({ http: { prefix: "/api" } })``."""

from __future__ import annotations

import re

from reviewer.gather.keep import named_values
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import ECMA
from reviewer.gather.syntax import Mapping, Module

MARKS = re.compile(r":\s{0,3}['\"`]/\w")
MOST = 40
"""Settings of one file that are kept."""


def read(module: Module, kept: Kept) -> None:
    """Keeps the paths in objects that functions return as constants under the function's name."""
    if not MARKS.search(module.text):
        return
    count = 0
    for item in module.returns:
        if not isinstance(item.value, Mapping) or not 0 <= item.function < len(module.functions):
            continue
        for found in named_values(module.functions[item.function].qualname, item.value):
            text = found.value[0] if len(found.value) == 1 else None
            if count < MOST and isinstance(text, str) and text.startswith("/"):
                count += 1
                kept.constants.append(found)


RETURNED_PATHS = Reader(name="paths that functions return (JavaScript)", languages=ECMA, read=read)
