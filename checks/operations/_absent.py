"""Checks whose absence is no lack: shown by signs, else not applicable."""

from __future__ import annotations

from reviewer.model.facts.code import SignKind
from reviewer.model.facts.repository import Code
from reviewer.model.finding import Verdict
from reviewer.model.verdict import LIKELY, evidence, not_applicable, shown


def by_signs(code: Code, what: str, *kinds: SignKind) -> Verdict:
    """Shown where a sign of these kinds stands in server code."""
    found = code.of(*kinds)
    if found:
        names = ", ".join(dict.fromkeys(item.fact.detail for item in found if item.fact.detail))
        return shown(f"{what}: {names[:80]}." if names else f"{what}.", evidence(found[:3], what.lower()), LIKELY)
    return not_applicable(f"No sign of it: {what[0].lower()}{what[1:]}.")
