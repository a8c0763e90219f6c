"""How long, how often and how much the outside world may cost one run. Counts first; clocks only as a last stop."""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class ApiLimits:
    """Bounds of the calls to the host's API. Seconds throughout.

    ``run_seconds`` is for all calls of one run together, ``request_seconds`` the silence that ends one request.
    ``rate_wait`` is the longest a limit of the host is waited out; longer ones end the call with the time they last.
    """

    run_seconds: float = 300
    request_seconds: int = 15
    retries: int = 2
    backoff: float = 0.5
    rate_wait: float = 10
    between_requests: float = 0.25
    pages: int = 30
    """Pages of 100 repositories that are listed; the rest is named as not listed."""


@dataclass(frozen=True, slots=True)
class CloneLimits:
    """Bounds of one clone.

    ``full_kib`` is the listed size up to which a repository is cloned whole (100 MB), ``full_bytes`` what such a clone
    may take on disk before it is made again without old contents, ``most_bytes`` what any clone may take. ``blob`` is
    git's own notation. ``commits`` is the depth of history that is fetched where old contents are left out.
    """

    full_kib: int = 100 * 1000
    full_bytes: int = 400 * MIB
    most_bytes: int = 2048 * MIB
    blob: str = "1m"
    commits: int = 50_000
    seconds: float = 600
    refs_seconds: float = 30
    tries: int = 2
    pause: float = 1.0
    """Seconds before the second try after a fault of the host."""
