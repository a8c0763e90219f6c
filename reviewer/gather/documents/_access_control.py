"""Who may ask for which path in Symfony's ``security.yaml``: firewalls that are off, then ``access_control``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.gather.documents import _trees
from reviewer.gather.documents._trees import Tree, line_of, mapping, sequence
from reviewer.model.facts.routing import AccessRule

FRAMEWORKS = ("Symfony", "API Platform")
OPEN_ROLES = frozenset({"PUBLIC_ACCESS", "IS_AUTHENTICATED_ANONYMOUSLY"})
PATH_MOST = 200
ALTERNATIVES = re.compile(r"\((?:\?:)?([\w/.|-]+)\)")
ANYTHING = re.compile(r"\.[*+]|(?:\[[^\[\]/]{1,40}\]|\\[dw])(?:[*+]|\{[\d,]{1,9}\})")
PLAIN = re.compile(r"/[\w/.*-]*")
BRANCHES_MOST = 20


def access_rules(security: dict[str, Tree]) -> Iterator[AccessRule]:
    """The rules of a document's ``security``, in the order in which Symfony asks them."""
    for firewall in mapping(security.get("firewalls")).values():
        entry = mapping(firewall)
        if _text(entry.get("security")) == "false":
            yield from _rules(entry, entry.get("pattern"), "")
    for item in sequence(security.get("access_control")):
        rule = mapping(item)
        roles = [_text(role) for role in sequence(rule.get("roles") or rule.get("role"))]
        if roles:
            yield from _rules(rule, rule.get("path"), "" if OPEN_ROLES & set(roles) else ", ".join(roles)[:80])


def _rules(entry: dict[str, Tree], path: Tree, guard: str) -> Iterator[AccessRule]:
    methods = tuple(_text(method).upper() for method in sequence(entry.get("methods") or entry.get("method")))
    for pattern in patterns(_text(path)):
        for framework in FRAMEWORKS:
            yield AccessRule(framework=framework, pattern=(pattern,), line=line_of(path), guard=guard, methods=methods)


def patterns(path: str) -> list[str]:
    """Ant's patterns for a regular expression of Symfony's: ``^/api/(users|orders)`` begins with either.

    Nothing for one that they cannot say.
    """
    text = path.removeprefix("^")
    if not text.startswith("/") or len(path) > PATH_MOST:
        return []
    group = ALTERNATIVES.search(text)
    branches = [text[: group.start()] + part + text[group.end() :] for part in group[1].split("|")] if group else [text]
    return [pattern for branch in branches[:BRANCHES_MOST] if (pattern := _ant(branch))]


def _ant(text: str) -> str:
    """A path without ``$`` is the beginning of what it fits: ``/login`` fits ``/login_check`` too."""
    whole = text.endswith("$")
    plain = ANYTHING.sub("*", text.removesuffix("$").removesuffix("/?"))
    if not PLAIN.fullmatch(plain):
        return ""
    if whole:
        return plain
    return f"{plain}**" if plain.endswith("/") else f"{plain.rstrip('*')}*/**"


def _text(value: Tree) -> str:
    return str(_trees.text(value))
