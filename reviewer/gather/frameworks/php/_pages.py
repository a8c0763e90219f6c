"""Whether a handler written in PHP answers with a page, going by what it calls."""

from __future__ import annotations

import re
from functools import cached_property

from reviewer.gather.look import words
from reviewer.gather.syntax import Attribute, Call, Expr, Function, Lambda, Module, Text, plain

RENDERING = words(
    "render renderView renderTemplate view fetch display make renderPartial loadView template renderForm renderBlock"
)
RENDERERS = re.compile(r"view|inertia|twig|render|template|blade|smarty|plates|latte|mustache", re.IGNORECASE)
TEMPLATE = re.compile(r"[\w/.@-]+\.(phtml|twig|html|latte|tpl|php|blade\.php)\Z")
TWIG = ".twig"
BARE = words("view render")
SHOWING = re.compile(
    r"(?:(?:this|self)\.)?(?:load|show|render|display)_?(?:page|view|template|layout)\Z", re.IGNORECASE
)
"""Functions of a project's own that show a page by the name of its view."""
RENDERING_OWN = re.compile(
    r"(?:this|self)\.render_?(?!json|xml|data|api|csv|response|error|exception)[a-z]\w{0,40}\Z", re.IGNORECASE
)
"""A controller's own ways of rendering: ``renderPage``, ``renderInModal``, ``renderLoginPage``."""
WHOLE = re.compile(r"(?:page|view|template|layout)\Z", re.IGNORECASE)
OWN = words("this.view this.render this.renderView this.loadView this.load_view this.renderPage self.view self.render")
"""A controller's own methods, whose first argument is the name of a view."""
VIEW_NAME = re.compile(r"[A-Za-z_][\w/.:@-]*\Z")
VIEW_MADE = re.compile(r"(?:View|Html|Template|Page)(?:Result|Response|Model|Renderer)?\Z")
"""Classes whose objects are pages."""
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

    def shows(self, action: Function) -> bool:
        """Whether an action renders, itself or in the method of its class whose result it returns."""
        if self.renders(action.index):
            return True
        named = self._returned.get(action.index, set())
        methods = (item for item in self.module.functions if item.owner == action.owner and item.name in named)
        return any(self.renders(method.index) for method in methods)

    @cached_property
    def _returned(self) -> dict[int, set[str]]:
        """By function, the methods of its own class whose results it returns."""
        found: dict[int, set[str]] = {}
        for item in self.module.returns:
            if isinstance(item.value, Call) and item.value.name == f"this.{item.value.last}":
                found.setdefault(item.function, set()).add(item.value.last)
        return found

    def renders(self, function: int) -> bool:
        """Whether a function renders a template or writes HTML, and no JSON."""
        calls = self._calls.get(function, [])
        if any(call.last in DATA for call in calls):
            return False
        return any(_renders(call) or _writes_html(call) for call in calls)


def _renders(call: Call) -> bool:
    if call.name == "inertia" and call.args:
        return True
    if call.new and call.args and VIEW_MADE.match(call.last):
        return True
    if _shows_by_name(call):
        return True
    if call.last not in RENDERING:
        return False
    receiver = call.name.rpartition(".")[0]
    inner = call.callee.value if isinstance(call.callee, Attribute) else None
    if call.last == "view" and isinstance(inner, Call) and inner.name == "response":
        return True
    templated = any(_is_template(arg) for arg in call.args[:2])
    return templated or bool(RENDERERS.search(receiver)) or call.name in BARE


def _shows_by_name(call: Call) -> bool:
    """``$this->renderPage('users')``, also with the argument named, and ``$this->renderLoginPage()``."""
    rendering = RENDERING_OWN.match(call.name[:60])
    if not (rendering or call.name in OWN or SHOWING.match(call.name[:60])):
        return False
    given = next(iter((*call.args, *call.keywords.values())), None)
    if given is None:
        return bool(rendering and WHOLE.search(call.name))
    return bool(VIEW_NAME.match((plain(given) or "")[:200]))


def _is_template(expr: Expr) -> bool:
    """Whether a text names a template: ``blog/index.html.twig``, or what ends as one (``'index.'.$format.'.twig'``)."""
    if (text := plain(expr)) is not None:
        return bool(TEMPLATE.fullmatch(text[:300]))
    last = expr.parts[-1] if isinstance(expr, Text) and expr.parts else ""
    return isinstance(last, str) and last.endswith(TWIG)


def _writes_html(call: Call) -> bool:
    if call.last not in WRITING:
        return False
    first = call.args[0] if call.args else None
    beginning = first.parts[0] if isinstance(first, Text) and first.parts else ""
    return isinstance(beginning, str) and bool(HTML.match(beginning))
