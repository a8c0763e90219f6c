"""What names in the code hint at: enough to keep a check from calling something absent."""

from __future__ import annotations

import re

from checks.api._endpoints import for_programs, server_signs, within
from reviewer.model.facts.code import Sign, SignKind
from reviewer.model.facts.repository import Api, Code
from reviewer.model.facts.routing import Endpoint
from reviewer.model.facts.values import At

SIGNING_IN = re.compile(
    r"log_?in|sign_?(?:in|up)|regist|authenticat|passport|strateg|middleware|guard|interceptor|jwt|token|(?:^|[/._])auth",
    re.IGNORECASE,
)
"""Functions and files that find out who asks; reading that there decides nothing about a row."""
OWN_PAGE = re.compile(r"/(?:me|profile|account|whoami|current|auth|login|logout|sessions?)(?:/|$)", re.IGNORECASE)
MAKING = re.compile(r"(?:^|_)(?:create|add|insert|store|save|make|new|me|profile)(?:[A-Z_]|$)")
CALLED_BY_NAME = (".go", ".js", ".ts", ".mjs", ".cjs")
NEAR = 6
"""Lines between where a route is declared and what stands in its declaration."""


def hints(code: Code, subject: str) -> list[At[Sign]]:
    """The hints of one subject in server code."""
    found = server_signs(code, SignKind.HINT)
    return [item for item in found if item.fact.detail == subject or item.fact.detail.startswith(f"{subject}: ")]


def cors(code: Code) -> list[At[Sign]]:
    """CORS settings that stand before routes: a policy of .NET that is only added, or a function that nobody calls,
    stands before none."""
    found = server_signs(code, SignKind.CORS)
    used = bool(hints(code, "cors used"))
    named = {item.fact.detail.rpartition(" ")[2] for item in hints(code, "cors name")}
    return [item for item in found if (used or not item.path.endswith(".cs")) and not _uncalled(item, named)]


def _uncalled(item: At[Sign], named: set[str]) -> bool:
    """Whether a setting stands in a function that is named after CORS, and that name is used nowhere."""
    names = [name for name in re.split(r"\W+", item.fact.function) if "cors" in name.lower()]
    return item.path.endswith(CALLED_BY_NAME) and bool(names) and not any(name in named for name in names)


def around(endpoint: Endpoint, signs: list[At[Sign]]) -> list[At[Sign]]:
    """The signs in an endpoint's handler or in the declaration of its route."""
    declared = [
        item
        for item in signs
        if item.path == endpoint.file
        and item.fact.line - NEAR <= endpoint.line <= max(item.fact.end_line, item.fact.line)
    ]
    return within(endpoint, signs) or declared


def goes_by_asker(api: Api, code: Code) -> list[At[Sign]]:
    """Where a row is sought or refused by who asks, or a role is asked for: not where one signs in or makes a row."""
    inside = [
        item
        for item in for_programs(api)
        if (item.method == "POST" and "{" not in item.path) or OWN_PAGE.search(item.path)
    ]
    asking = [item for item in hints(code, "asker") if not _decides_nothing(item)]
    asking = [item for item in asking if not any(within(endpoint, [item]) for endpoint in inside)]
    return [*hints(code, "role"), *asking]


def _decides_nothing(item: At[Sign]) -> bool:
    name = item.fact.function.rpartition(".")[2]
    return bool(SIGNING_IN.search(f"{item.path}/{item.fact.function}") or MAKING.search(name))
