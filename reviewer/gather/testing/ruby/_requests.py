"""The HTTP requests that Ruby tests make: integration and controller tests, Rack::Test, Capybara, rswag."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.gather.expressions import last
from reviewer.gather.frameworks.ruby._dsl import VERBS, Blocks, block_of, positional
from reviewer.gather.look import Look
from reviewer.gather.matching import ACTION, PATH_OF
from reviewer.gather.syntax import Call, Class, Expr, Lambda, Name, Text, plain, value_of
from reviewer.gather.testing._draft import is_remote
from reviewer.gather.testing.ruby._cases import Group
from reviewer.model.facts.tests import Request
from reviewer.model.facts.values import Ref, Value

HELPER = re.compile(r"(?:\w+\.)*(\w+?)_(?:path|url)\Z")
RECEIVERS = frozenset({"", "session", "client", "api", "browser", "app", "page.driver", "self", "json_api", "requests"})
OWN_ADDRESS = re.compile(r"/\w|https?://(?:localhost|127\.0\.0\.1|0\.0\.0\.0)\b")
LETS = frozenset({"let", "let!"})
HOPS = 3


class Requests:
    """The requests of one file of tests."""

    def __init__(self, blocks: Blocks, groups: dict[int, Group]) -> None:
        self.blocks, self.look, self.groups = blocks, blocks.look, groups
        self.lets = _lets(blocks)

    def all(self) -> Iterator[Request]:
        """Every request to the project's own server."""
        for call in self.look.module.calls:
            head, _, name = call.name.rpartition(".")
            if call.last != name and head:
                continue
            if head not in RECEIVERS and not (head[:1].isupper() and _is_own(call)):
                continue
            if name in VERBS and call.args and not _is_documentation(call):
                yield from self._request(call, VERBS[name], call.args[0])
            elif name == "visit" and call.args:
                yield from self._request(call, "GET", call.args[0])
            elif name in ("process", "xhr") and len(call.args) > 1:
                yield from self._request(call, (plain(call.args[0]) or "GET").upper(), call.args[1])
        yield from self._documented()

    def _request(self, call: Call, method: str, target: Expr) -> Iterator[Request]:
        if isinstance(target, Text) and is_remote(target):
            return
        path = self.path(target, call.function, HOPS)
        if path is not None:
            yield Request(method=method, path=path, line=call.line)

    def path(self, target: Expr | None, function: int, hops: int) -> Value | None:
        """A path: a text, a helper of a named route, an action, or a name for one of these; None for none."""
        if isinstance(target, Text):
            text = plain(target)
            if text is None or text.startswith(("/", "http")):
                return self._filled(target, function)
            return self._action(text, function) if text.replace("_", "").isalnum() else (f"/{text}",)
        name = target.dotted if isinstance(target, Name) else target.name if isinstance(target, Call) else ""
        found = HELPER.match(name[:200])
        if found:
            return (Ref(name=PATH_OF + found[1]),)
        if isinstance(target, Name) and hops:
            given = self.lets.get(target.dotted) or self.look.value(target, function)
            if given is not target and given is not None:
                return self.path(given, function, hops - 1)
            return value_of(target)
        return None

    def _filled(self, text: Text, function: int) -> Value:
        """A path; what stands in it for one text in this file is filled in."""
        found: list[str | Ref] = []
        for part in text.parts:
            if isinstance(part, str):
                found.append(part)
                continue
            given = self.lets.get(part.dotted) if isinstance(part, Name) else None
            known = plain(given or self.look.value(part, function))
            found += [known] if known is not None else value_of(part)
        return tuple(found)

    def _action(self, action: str, function: int) -> Value | None:
        """``get :index`` in the tests of a controller."""
        described = next(
            (self.groups[item.index].described for item in self.look.around(function)
             if item.index in self.groups and self.groups[item.index].described), "",
        )  # fmt: skip
        if not described:
            described = _tested(self.look, function)
        return (Ref(name=f"{ACTION}{described}.{action}"),) if described.endswith("Controller") else None

    def _documented(self) -> Iterator[Request]:
        """``path "/users" do get "lists" do response 200 ...`` of rswag."""
        for call in self.look.module.calls:
            if call.name != "path" or block_of(call) is None or not positional(call):
                continue
            path = self.blocks.path(positional(call)[0], {})
            for item in self.blocks.inside(call):
                if item.name in VERBS and block_of(item) is not None:
                    yield Request(method=VERBS[item.name], path=path, line=item.line)


def _is_own(call: Call) -> bool:
    """``BaseApi.get("/books")`` and ``HTTParty.get("http://localhost:4567/books")``: the project's own server."""
    text = call.args[0] if call.args else None
    first = text.parts[0] if isinstance(text, Text) and text.parts else ""
    return isinstance(first, str) and bool(OWN_ADDRESS.match(first[:200]))


def _is_documentation(call: Call) -> bool:
    """``get "lists users" do`` inside ``path`` of rswag; a request takes no block."""
    return block_of(call) is not None


def _lets(blocks: Blocks) -> dict[str, Expr]:
    """What ``let(:name) { value }`` gives, by name; only what one place alone says."""
    returned: dict[int, Expr] = {}
    for item in blocks.module.returns:
        returned[item.function] = item.value
    found: dict[str, Expr] = {}
    several: set[str] = set()
    for call in blocks.module.calls:
        block = block_of(call)
        name = plain(call.args[0]) if call.name in LETS and call.args else None
        if name and isinstance(block, Lambda) and block.function in returned:
            several |= {name} & found.keys()
            found[name] = returned[block.function]
    return {name: value for name, value in found.items() if name not in several}


def _tested(look: Look, function: int) -> str:
    """The controller that a class of tests is for: ``UsersController`` of ``UsersControllerTest``."""
    owner = look.owner(function)
    found: Class | None = look.module.classes[owner] if owner != -1 else None
    if found is None:
        names = [item.name for item in look.module.classes if last(item.name).endswith("ControllerTest")]
        return names[0].removesuffix("Test") if len(names) == 1 else ""
    return found.name.removesuffix("Test")
