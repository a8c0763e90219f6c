"""A host with one login, and what asks it without waiting."""

from __future__ import annotations

from reviewer.sources.github import GitHub
from reviewer.sources.limits import ApiLimits
from reviewer.sources.token import Token
from tests.servers.logins import Listed, Login
from tests.servers.serve import Host, serve

SECRET = "ghp_plantedSecret0123456789"

QUICK = ApiLimits(run_seconds=20, request_seconds=5, retries=2, backoff=0, rate_wait=0.1, between_requests=0)

USERS = "/users/ada"

LIMIT = {"X-RateLimit-Limit": "60", "X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "4102444800"}


def many(count: int, **more: object) -> list[Listed]:
    return [Listed(f"r{i}", pushed=f"2026-01-{1 + i % 28:02}T00:00:00Z", **more) for i in range(count)]


def host_of(repositories: list[Listed], **more: object):
    return serve([Login("ada", "Ada Example", "ada@example.org", repositories=repositories, **more)], {SECRET: "ada"})


def github(host: Host, token: bool = False, limits: ApiLimits = QUICK) -> GitHub:
    return GitHub(host.url, Token(SECRET, "GITHUB_TOKEN", host.url) if token else None, limits)


def listed(hub: GitHub, login: str = "ada"):
    return hub.repositories(hub.account(login))
