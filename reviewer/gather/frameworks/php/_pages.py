"""Whether a handler written in PHP answers with a page, going by what it calls."""

from __future__ import annotations

import re
from functools import cached_property

from reviewer.gather.look import words
from reviewer.gather.syntax import Call, Lambda, Module, Text, plain

RENDERING = words("render renderView renderTemplate view fetch display make renderPartial loadView template")
RENDERERS = re.compile(r"view|twig|render|template|blade|smarty|plates|latte|mustache", re.IGNORECASE)
TEMPLATE = re.compile(r"[\w/.@-]+\.(phtml|twig|html|latte|tpl|php|blade\.php)\Z")
DATA = words("withJson json json_encode jsonResponse renderJSON toJson respondWithJson respondWithData")
HTML = re.compile(r"\s*<(!doctype|html|body|div|h1|p|form|table|head|ul)\b", re.IGNORECASE)
WRITING = words("write echo print html")


class Pages:
    """Looks at the functions of one module once."""

    def __init__(self, module: Module) -> None:
        self.module = module

    @cached_property
    def _calls(self) -> dict[int, list[Call]]:
        found: dict[int, list[Call]] = {}
        for call in self.module.calls:
            found.setdefault(call.function, []).append(call)
        return found

    def is_page(self, handler: Lambda | None) -> bool:
        """Whether a closure renders a template or writes HTML, and no JSON."""
        return handler is not None and self.renders(handler.function)

    def renders(self, function: int) -> bool:
        """Whether a function renders a template or writes HTML, and no JSON."""
        calls = self._calls.get(function, [])
        if any(call.last in DATA for call in calls):
            return False
        return any(_renders(call) or _writes_html(call) for call in calls)


def _renders(call: Call) -> bool:
    if call.last not in RENDERING:
        return False
    receiver = call.name.rpartition(".")[0]
    named = any((text := plain(arg)) is not None and TEMPLATE.fullmatch(text[:300]) for arg in call.args[:2])
    return named or bool(RENDERERS.search(receiver)) or call.name in ("view", "render")


def _writes_html(call: Call) -> bool:
    if call.last not in WRITING:
        return False
    first = call.args[0] if call.args else None
    beginning = first.parts[0] if isinstance(first, Text) and first.parts else ""
    return isinstance(beginning, str) and bool(HTML.match(beginning))
