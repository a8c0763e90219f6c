"""What the readers of Python's web frameworks look up in a module again and again."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from reviewer.gather.given import MADE, TABLE
from reviewer.gather.syntax import (
    Assignment,
    Call,
    Class,
    Compare,
    Expr,
    Function,
    Items,
    Mapping,
    Module,
    Name,
    Other,
    Text,
    dotted,
    plain,
    walk,
)
from reviewer.model.facts.values import Ref, Value

PAGE_CALLS = frozenset({
    "render", "render_template", "render_template_string", "render_to_response", "render_to_string",
    "TemplateResponse", "HTMLResponse", "redirect", "HttpResponseRedirect", "RedirectResponse",
})  # fmt: skip
PAGE_CALL = re.compile(
    r"(?i:(?:async_)?(?:render|redirect)(?!\w*(?:json|xml|pdf|image|png|csv|bytes))(?:_\w+)?)"
    r"|(?:Html|HTML|Page|Template)(?:Builder|Page|Renderer|Response|View)"
)
"""A helper of the project's own that renders or redirects, by its name."""
PAGE_FILE = re.compile(r"[\w./-]{1,200}\.(?:html?|jinja2?|j2|mako|tpl)")
PAGE_TYPES = (
    "HTTPFound", "HTTPSeeOther", "HTTPMovedPermanently", "HTTPTemporaryRedirect", "RedirectResponse", "HTMLResponse",
    "TemplateResponse", "HttpResponseRedirect",
)  # fmt: skip
"""Declared results of handlers that show pages or lead to them."""
DATA_CALLS = frozenset({"jsonify", "JsonResponse", "JSONResponse", "ORJSONResponse", "dumps"})
JSON_CALLS = DATA_CALLS | {"Response", "to_dict", "to_json"}

UNPACKED_MOST = 3
"""Tuples within tuples that a loop unpacks."""


@dataclass(frozen=True)
class Lookup:
    """A module with what the framework readers look up in it again and again."""

    module: Module

    @cached_property
    def lines(self) -> list[str]:
        """The source lines; line 1 is the first."""
        return self.module.text.split("\n")

    @cached_property
    def returns(self) -> dict[int, list[Expr]]:
        """What each function returns, by its index."""
        found: dict[int, list[Expr]] = {}
        for item in self.module.returns:
            found.setdefault(item.function, []).append(item.value)
        return found

    @cached_property
    def assignments(self) -> dict[str, list[Assignment]]:
        """The assignments to each name outside class bodies, in source order."""
        found: dict[str, list[Assignment]] = {}
        for item in self.module.assignments:
            if item.owner == -1 or item.function != -1:
                found.setdefault(item.target, []).append(item)
        return found

    @cached_property
    def _fields(self) -> dict[int, list[Assignment]]:
        found: dict[int, list[Assignment]] = {}
        for item in self.module.assignments:
            if item.owner != -1 and item.function == -1:
                found.setdefault(item.owner, []).append(item)
        return found

    @cached_property
    def _methods(self) -> dict[int, list[Function]]:
        found: dict[int, list[Function]] = {}
        for item in self.module.functions:
            if item.owner != -1 and item.parent == -1:
                found.setdefault(item.owner, []).append(item)
        return found

    @cached_property
    def _origins(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for item in self.module.imports:
            plain_import = item.name is None and item.module.startswith(f"{item.alias}.")
            module = item.alias if plain_import else item.module
            found.setdefault(item.alias, module if item.name is None else f"{module}.{item.name}")
        return found

    def fields_of(self, owner: Class) -> dict[str, Expr | None]:
        """The values of a class's fields by name."""
        return {item.target: item.value for item in self._fields.get(owner.index, ())}

    def methods_of(self, owner: Class) -> list[Function]:
        """The methods of a class."""
        return self._methods.get(owner.index, [])

    def origin(self, name: str) -> str:
        """`Module.origin`, looked up in a table."""
        head, dot, rest = name.partition(".")
        return f"{self._origins.get(head, head)}{dot}{rest}"

    @cached_property
    def compares(self) -> dict[int, list[Compare]]:
        """The comparisons in each function, by its index."""
        found: dict[int, list[Compare]] = {}
        for item in self.module.compares:
            found.setdefault(item.function, []).append(item)
        return found

    @cached_property
    def functions(self) -> dict[str, Function]:
        """Functions and methods by their qualified names."""
        return {item.qualname: item for item in reversed(self.module.functions)}

    def function_at(self, qualname: str, end_line: int) -> Function | None:
        """The function of a name that ends on a line; the first of that name where none does."""
        found = self.functions.get(qualname)
        if found is None or found.end_line == end_line:
            return found
        alike = (item for item in self.module.functions if item.qualname == qualname and item.end_line == end_line)
        return next(alike, found)

    @cached_property
    def classes(self) -> dict[str, Class]:
        """Classes by name."""
        return {item.name: item for item in reversed(self.module.classes)}

    @cached_property
    def imported_names(self) -> frozenset[str]:
        """The names that imports bind."""
        return frozenset(item.alias for item in self.module.imports)

    def value(self, name: str, function: int = -1) -> Expr | None:
        """What a name was last given in a function or, failing that, in the module."""
        found = self.assignments.get(name, [])
        local = [item for item in found if item.function == function]
        return (local or [item for item in found if item.function == -1] or [Assignment(name, None, 0, 0)])[-1].value

    def names(self, expr: Expr | None, function: int = -1) -> list[str]:
        """The names that an expression stands for: its own, or those of the list that a loop takes it from."""
        name = dotted(expr)
        value = self.value(name, function) if name else None
        if isinstance(value, Other) and value.kind == "iterated":
            listed = value.operands[0]
            if isinstance(listed, Name):
                listed = self.value(listed.dotted, function) or listed
            if isinstance(listed, Items):
                return [found for item in listed.values if (found := dotted(item))]
            if isinstance(listed, Name) and self._is_imported(listed.dotted):
                return [f"{listed.dotted}{TABLE}"]
        return [name] if name else []

    def _is_imported(self, name: str) -> bool:
        return name.partition(".")[0] in self.imported_names

    def tables_of(self, call: Call) -> list[str]:
        """The tables of other files that a call in a loop takes its arguments from: ``add_resource(*route)``."""
        if not call.loops:
            return []
        used = [part.dotted.partition(".")[0] for part in walk(call) if isinstance(part, Name)]
        sources = (_iterated(self.value(name, call.function)) for name in dict.fromkeys(used))
        found = (
            f"{source.name}{MADE}{TABLE}" if isinstance(source, Call) else f"{source.dotted}{TABLE}"
            for source in sources
            if isinstance(source, Name | Call)
        )
        return [name for name in dict.fromkeys(found) if self._is_imported(name.removesuffix(TABLE).removesuffix(MADE))]

    def given_to(self, name: str, function: int) -> str | None:
        """The function around that has a parameter of a name: what it adds to that, its callers' routers serve."""
        while function != -1:
            item = self.module.functions[function]
            if any(parameter.name == name for parameter in item.parameters):
                return item.qualname
            function = item.parent
        return None

    def is_given(self, path: Value, function: int) -> bool:
        """Whether a path is nothing but what the function around, or a loop over another file's table, is given."""
        if not path or any(isinstance(part, str) and part.strip("/") for part in path):
            return False
        return any(self._is_bound(part.name, function) for part in path if isinstance(part, Ref))

    def _is_bound(self, name: str, function: int) -> bool:
        value = self.value(name, function) if name else None
        if isinstance(value, Other) and value.kind in ("iterated", "unpacked"):
            return True
        return self.given_to(name, function) is not None

    def renders(self, function: Function) -> bool:
        """Whether a handler answers with a page: it renders or redirects, and returns nothing like JSON."""
        if function.returns.endswith(PAGE_TYPES):
            return True
        values = [self._made(value, function.index) for value in self.returns.get(function.index, ())]
        answers = [answer for value in values for answer in _answers(value)]
        pages = [answer for answer in answers if _shows_page(answer) or self._is_file(answer)]
        return bool(pages) and not any(_is_json(answer) for answer in answers if answer not in pages)

    def _is_file(self, answer: Expr) -> bool:
        """Whether an answer is a page's file under a name that the module gives it: ``FileResponse(INDEX)``."""
        first = answer.args[0] if isinstance(answer, Call) and answer.args else None
        return isinstance(first, Name) and _ends_in_page(self.value(first.dotted))

    def _made(self, value: Expr, function: int) -> Expr:
        """What a returned variable was last given in the function, else the value."""
        found = self.assignments.get(value.dotted, []) if isinstance(value, Name) else []
        local = [item.value for item in found if item.function == function and item.value is not None]
        return local[-1] if local else value

    def says_text(self, function: Function) -> bool:
        """Whether a handler returns strings alone, none of them JSON: what a browser is shown as a page."""
        values = [part for value in self.returns.get(function.index, ()) for part in _answers(value)]
        return bool(values) and all(
            isinstance(value, Text) and not _opening(value).startswith(("{", "[")) for value in values
        )

    def says_markup(self, function: Function) -> bool:
        """Whether a handler that returns strings returns HTML."""
        values = [part for value in self.returns.get(function.index, ()) for part in _answers(value)]
        return any(isinstance(value, Text) and _opening(value).startswith("<") for value in values)


def _iterated(value: Expr | None) -> Expr | None:
    """What a loop variable is taken from, itself or as a part of each round's."""
    for _ in range(UNPACKED_MOST):
        if not isinstance(value, Other) or value.kind not in ("iterated", "unpacked") or not value.operands:
            return None
        if value.kind == "iterated":
            return value.operands[0]
        value = value.operands[0]
    return None


def _answers(value: Expr) -> list[Expr]:
    """The body of an answer: the value itself, or the first of ``body, status, headers``."""
    return [value.values[0]] if isinstance(value, Items) and value.values else [value]


def _shows_page(answer: Expr) -> bool:
    """Whether an answer renders or redirects, by the library's calls, by a helper's name, by a template's name."""
    calls = [part for part in walk(answer) if isinstance(part, Call) and part.last not in DATA_CALLS]
    return any(call.last in PAGE_CALLS or PAGE_CALL.fullmatch(call.last) or _names_file(call) for call in calls)


def _names_file(call: Call) -> bool:
    """Whether a call is given the name of a page's file or template."""
    return any(PAGE_FILE.fullmatch(plain(arg) or "") or _ends_in_page(arg) for arg in call.args[:2])


def _ends_in_page(expr: Expr | None) -> bool:
    """Whether a path put together of others ends in the name of a page: ``DIST + "index.html"``."""
    texts = [part for part in walk(expr) if isinstance(part, Text)] if isinstance(expr, Other | Call | Text) else []
    last = texts[-1].parts[-1] if texts and texts[-1].parts else ""
    return isinstance(last, str) and last.endswith((".html", ".htm"))


def _calls(answer: Expr) -> set[str]:
    return {part.last for part in walk(answer) if isinstance(part, Call)}


def _is_json(answer: Expr) -> bool:
    return isinstance(answer, Mapping) or bool(_calls(answer) & JSON_CALLS)


def _opening(text: Text) -> str:
    return text.parts[0].lstrip() if text.parts and isinstance(text.parts[0], str) else ""
