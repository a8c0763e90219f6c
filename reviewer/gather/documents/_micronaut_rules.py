"""Who may ask for what, as the settings of Micronaut Security say it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.gather.documents._trees import branches, line_of, mapping, sequence, text
from reviewer.gather.documents._yaml import load_yaml
from reviewer.model.facts.routing import AccessRule
from reviewer.model.facts.values import Ref, Value

MICRONAUT = "Micronaut"
INTERCEPT = "intercept-url-map"
OPEN = "isAnonymous()"
PLACEHOLDER = re.compile(r"\$\{([\w.-]{1,80})(?::([^{}]*))?\}")


def intercepted(source: str) -> Iterator[AccessRule]:
    """The rules in their order; what none of them fits is refused, so the last one asks for everything."""
    loaded = load_yaml(source)
    line = 0
    for document in loaded.documents:
        for branch in branches(document):
            for item in sequence(branch.get(INTERCEPT)):
                entry = mapping(item)
                pattern = text(entry.get("pattern"))
                access = [text(value) for value in sequence(entry.get("access"))]
                method = text(entry.get("http-method")) or text(entry.get("httpMethod"))
                line = line_of(entry.get("pattern"), line)
                if pattern and access:
                    guard = "" if OPEN in access else "intercept-url-map (authorized)"
                    methods = (method.upper(),) if method else ()
                    yield AccessRule(MICRONAUT, pattern_of(pattern), line, guard, methods)
    if line:
        yield AccessRule(MICRONAUT, ("/**",), line, "intercept-url-map (authorized)")


def pattern_of(written: str) -> Value:
    """A pattern with the settings that it names."""
    found: list[str | Ref] = []
    end = 0
    for match in PLACEHOLDER.finditer(written):
        found += [written[end : match.start()], Ref(name=match[1]) if match[2] is None else match[2]]
        end = match.end()
    return tuple(part for part in (*found, written[end:]) if part != "")
