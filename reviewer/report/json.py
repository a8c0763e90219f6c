"""report.json: the document as bytes, the same for the same document."""

from __future__ import annotations

import re

import msgspec

from reviewer.model.document import Report

INVISIBLE = re.compile("[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e0fff]")
"""What a terminal or an editor would act on; JSON's own escapes cover the rest."""


def render_json(report: Report) -> bytes:
    """UTF-8 in the order of the schema, indented, with a newline at the end; invisible characters as escapes."""
    data = msgspec.json.encode(report, order="deterministic")
    text = msgspec.json.format(data, indent=2).decode("utf-8")
    return (INVISIBLE.sub(_escape, text) + "\n").encode("utf-8")


def _escape(match: re.Match[str]) -> str:
    units = match[0].encode("utf-16-be")
    return "".join(f"\\u{units[i] << 8 | units[i + 1]:04x}" for i in range(0, len(units), 2))
