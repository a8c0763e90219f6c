"""Draws findings that name a fault, or that praise, out of reports, by a seed."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from bench.judged import Sampled
from reviewer.engine import catalogue

FAULTS = ("not_shown", "partly")
PRAISE = ("shown",)
PLACES_MOST = 12


def findings(repositories: Iterable[Mapping[str, Any]], pool: int, outcomes: Sequence[str] = FAULTS) -> list[Sampled]:
    """Every finding of some repositories with one of the outcomes, usually those that say that something lacks.

    Args:
        repositories: as they stand in reports, each with its ``stem``, ``owner__name``.
        pool: a number that keeps findings of different folders apart until they are drawn.
        outcomes: `FAULTS` or `PRAISE`.
    """
    return [
        _sampled(repository, finding, pool)
        for repository in repositories
        for finding in repository.get("findings") or ()
        if finding["outcome"] in outcomes
    ]


def draw(pools: Sequence[Sequence[Sampled]], size: int, most: int, per_repository: int, seed: int) -> list[Sampled]:
    """A sample of findings, as many out of each pool, numbered in the order of repository and check.

    Args:
        pools: findings to draw from.
        size: how many in all; fewer where the bounds leave fewer.
        most: how many of one check at most, over all pools.
        per_repository: how many of one repository at most.
        seed: the same seed draws the same findings from the same reports.
    """
    chance = random.Random(seed)
    order = [chance.sample(list(pool), len(pool)) for pool in pools]
    checks: Counter[str] = Counter()
    repositories: Counter[str] = Counter()
    drawn: list[Sampled] = []
    share = [size // len(pools)] * len(pools)
    for place, pool in enumerate(order):
        share[place] += size % len(pools) if place == 0 else 0
        for item in pool:
            full = checks[item.check] >= most or repositories[item.repository] >= per_repository
            if share[place] and not full and not _half(checks, item, place, most, len(pools)):
                share[place] -= 1
                checks[item.check] += 1
                repositories[item.repository] += 1
                drawn.append(item)
    ordered = sorted(drawn, key=lambda item: (item.repository, item.check, item.subject))
    return [replace(item, number=number) for number, item in enumerate(ordered, start=1)]


def _half(checks: Counter[str], item: Sampled, place: int, most: int, pools: int) -> bool:
    """Whether a check has had its share of this pool and of those before, so that the others get theirs."""
    return checks[item.check] >= -(-most * (place + 1) // pools)


def _sampled(repository: Mapping[str, Any], finding: Mapping[str, Any], pool: int) -> Sampled:
    ident, subject = _own_id(finding["check"])
    commit = str(repository.get("commit") or "")
    return Sampled(
        number=pool,
        repository=str(repository["stem"]).replace("__", "/", 1),
        commit=commit,
        check=ident,
        subject=subject,
        outcome=finding["outcome"],
        confidence=finding["confidence"],
        summary=finding["summary"],
        places=tuple(_place(place, commit) for place in (finding.get("evidence") or ())[:PLACES_MOST]),
    )


def _own_id(ident: str) -> tuple[str, str]:
    """A check's id without the name that it is for, and the name: ``lang-python-use`` is ``lang-use``, Python."""
    subject = _subjects().get(ident)
    return (f"{ident.partition('-')[0]}-{ident.rpartition('-')[2]}", subject) if subject else (ident, "")


@cache
def _subjects() -> dict[str, str | None]:
    return {item.id: item.subject for item in catalogue()}


def _place(place: Mapping[str, Any], reviewed: str) -> str:
    commit = "" if place.get("commit") in (None, reviewed) else f"@{place['commit'][:10]}"
    return f"{place['path']}:{place['line']}{commit} {place.get('note') or ''}".strip()
