"""Where a README is that is not the candidate's."""

from __future__ import annotations

import re

from reviewer.model.facts.history import History

NAME = re.compile(r"(?:^|/)readme(?:\.\w{1,9})?$", re.IGNORECASE)
OWN_ENOUGH = 0.5


def of_others(history: History) -> str | None:
    """The path of a README of which others wrote most; None where there is none."""
    if not history.own_known:
        return None
    paths = (path for path, share in history.shares.items() if share < OWN_ENOUGH and NAME.search(path))
    return min(paths, key=lambda path: (path.count("/"), path), default=None)
