"""TOML to plain values, with limits on size and on dotted keys, on which the standard parser is quadratic."""

from __future__ import annotations

import tomllib

from reviewer.gather.documents._trees import Loaded

SIZE_LIMIT = 256 * 1024
DOTTED_LIMIT = 2_000
NESTING_LIMIT = 100


def load_toml(source: str) -> Loaded:
    """The table of a TOML text. Never raises: ``problem`` says what was wrong."""
    if len(source) > SIZE_LIMIT:
        return Loaded(problem=f"left out: TOML over the limit of {SIZE_LIMIT // 1024} kB")
    if _dotted_parts(source) > DOTTED_LIMIT:
        return Loaded(problem=f"left out: TOML with more dotted keys than the limit of {DOTTED_LIMIT:,}")
    if "[" * NESTING_LIMIT in source or "{" * NESTING_LIMIT in source:
        return Loaded(problem=f"left out: TOML nested deeper than {NESTING_LIMIT}")
    try:
        return Loaded(tree=tomllib.loads(source))
    except (tomllib.TOMLDecodeError, RecursionError, ValueError, OverflowError):
        return Loaded(problem="could not parse: not valid TOML")


def _dotted_parts(source: str) -> int:
    keys = (line if line.startswith("[") else line.partition("=")[0] for line in source.split("\n") if "." in line)
    return sum(key.count(".") for key in keys)
