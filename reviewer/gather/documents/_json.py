"""JSON to plain values, with limits on size; the decoder itself refuses deep nesting."""

from __future__ import annotations

import msgspec

from reviewer.gather.documents._trees import Loaded

SIZE_LIMIT = 1024 * 1024


def load_json(source: str) -> Loaded:
    """The value of a JSON text. Never raises: ``problem`` says what was wrong."""
    if len(source) > SIZE_LIMIT:
        return Loaded(problem=f"left out: JSON over the limit of {SIZE_LIMIT // 1024} kB")
    if not source.strip():
        return Loaded(problem="could not parse: empty where JSON is expected")
    try:
        return Loaded(tree=msgspec.json.decode(source.encode("utf-8", "replace")))
    except (msgspec.DecodeError, RecursionError, ValueError):
        return Loaded(problem="could not parse: not valid JSON")
