"""Answers to findings: which finding a waiver of `reviewer.toml` speaks of. Pure.

One that whoever reviews gives in their own settings takes the finding out of every sum, and never makes a requirement
met. One that stands in the reviewed tree is listed beside the finding, which counts as before: otherwise a repository
could talk its way past a gate.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase

import msgspec

from reviewer.model.finding import JUDGED, Finding, Outcome
from reviewer.model.waiver import Waiver


def waived(findings: Iterable[Finding], waivers: Sequence[Waiver], repository: str) -> tuple[Finding, ...]:
    """The findings, each with the first waiver that answers it.

    Args:
        findings: of one repository. What is shown, or was not judged, needs no answer.
        waivers: in the order in which they stand; a later one never replaces an earlier.
        repository: its name, for waivers that are for some repositories.
    """
    mine = [item for item in waivers if fnmatchcase(repository, item.repository or "*")]
    return tuple(_answered(finding, mine) for finding in findings)


def unused(waivers: Iterable[Waiver], findings: Iterable[Finding]) -> list[Waiver]:
    """Waivers that answer none of all findings of a review."""
    used = {item.waiver for item in findings if item.waiver}
    return [item for item in waivers if item not in used]


def _answered(finding: Finding, waivers: Iterable[Waiver]) -> Finding:
    if finding.waiver or finding.outcome not in JUDGED or finding.outcome is Outcome.SHOWN:
        return finding
    answer = next((item for item in waivers if item.check == finding.check and _covers(item, finding)), None)
    return msgspec.structs.replace(finding, waiver=answer) if answer else finding


def _covers(waiver: Waiver, finding: Finding) -> bool:
    """Whether everything that a finding shows lies where the waiver is for."""
    if not waiver.path:
        return True
    places = [place.path for place in finding.evidence] or ([finding.at] if finding.at else [])
    return bool(places) and not finding.more_evidence and all(fnmatchcase(path, waiver.path) for path in places)
