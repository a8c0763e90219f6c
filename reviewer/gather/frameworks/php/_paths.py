"""Paths of routes in the spellings of PHP's routers: optional parts, patterns in braces, ``@name``, ``(:num)``."""

from __future__ import annotations

import re

from reviewer.model.facts.values import Value

VARIANTS_MOST = 6
"""Paths that the optional parts of one route stand for."""
AT_PARAMETER = re.compile(r"@(\w+)(?::[^/()]*)?")
ALTO_PARAMETER = re.compile(r"\[(?:[a-zA-Z*]{0,3}):(\w+)\]\??")
DOLLAR = re.compile(r"(?<=/)\$(\w+)")
PLACEHOLDER = re.compile(r"\(:(?:num|any|segment|alpha|alphanum|hash|all)\)")
GROUP = re.compile(r"\((?:\?[P]?<(\w+)>)?(?:[^()]|\([^()]*\))*\)[?*+]?")
CATCH_ALL = re.compile(r"/?\{\w*:?\.[*+]\}")


def without_patterns(text: str) -> str:
    """``/users/{id:[0-9]{1,4}}`` as ``/users/{id}``, whatever braces the pattern holds."""
    if "{" not in text or ":" not in text:
        return text
    found: list[str] = []
    depth, skipping = 0, False
    for char in text:
        if char == "{":
            depth += 1
            if depth == 1:
                found.append(char)
                continue
        elif char == "}":
            depth -= 1
            if depth == 0:
                found.append(char)
                skipping = False
                continue
        elif char == ":" and depth == 1:
            skipping = True
        if not skipping:
            found.append(char)
    return "".join(found)


def optional(path: Value, opening: str = "[", closing: str = "]") -> list[Value]:
    """``/users[/{id}]`` as ``/users`` and ``/users/{id}``: each optional part left out with all after it, or kept.

    Only where the parts stand at the end, as routers demand; slashes alone make no second path.
    """
    text = "".join(part for part in path if isinstance(part, str))
    if opening not in text:
        return [path]
    kept: list[Value] = [()]
    for part in path:
        if not isinstance(part, str):
            kept[-1] = (*kept[-1], part)
            continue
        pieces = re.split(re.escape(opening), part.replace(closing, ""))
        for number, piece in enumerate(pieces):
            if number and len(kept) < VARIANTS_MOST and piece.strip("/"):
                kept.append(kept[-1])
            kept[-1] = (*kept[-1], piece) if piece else kept[-1]
    return kept


def slim_paths(path: Value) -> list[Value]:
    """The paths of a route of Slim or FastRoute, and of old Slim, whose optional parts stand in brackets."""
    cleaned = tuple(without_patterns(part) if isinstance(part, str) else part for part in path)
    if any(isinstance(part, str) and "(/" in part for part in cleaned):
        return optional(cleaned, "(", ")")
    return optional(cleaned)


def flight_paths(path: Value) -> list[Value]:
    """The paths of a route of Flight: ``/users/@id:[0-9]+``, ``/blog(/@year)``, ``/files/*``."""
    named = tuple(
        AT_PARAMETER.sub(r"{\1}", part).replace("*", "{rest}") if isinstance(part, str) else part for part in path
    )
    return optional(named, "(", ")")


def other_paths(path: Value) -> list[Value]:
    """The paths of a route of some other router: whatever marks a parameter becomes one."""
    return optional(tuple(_named(part) if isinstance(part, str) else part for part in path))


def _named(text: str) -> str:
    text = ALTO_PARAMETER.sub(r"{\1}", without_patterns(text))
    text = DOLLAR.sub(r"{\1}", PLACEHOLDER.sub("{value}", text))
    return GROUP.sub(lambda match: f"{{{match[1] or 'value'}}}", text).lstrip("^").rstrip("$")


def is_catch_all(path: Value) -> bool:
    """Whether a route stands for every path: ``/{routes:.+}``."""
    return len(path) == 1 and isinstance(path[0], str) and bool(CATCH_ALL.fullmatch(path[0]))
