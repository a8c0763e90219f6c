"""Conventional routing: patterns such as ``{controller=Home}/{action=Index}/{id?}`` and the actions that they serve."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from reviewer.gather.frameworks.dotnet._actions import CONVENTIONAL, controller_name
from reviewer.gather.frameworks.dotnet._attributes import ASPNET, version_text
from reviewer.gather.frameworks.dotnet._controllers import AREA_CONSTANT, PREFIXED_CONSTANT, ROUTE_CONSTANT
from reviewer.gather.index import Index
from reviewer.gather.look import words
from reviewer.gather.reader import Expansion, Kept
from reviewer.gather.syntax import Call, Expr, Mapping, Module, Text, dotted, plain
from reviewer.model.facts.code import Attribute
from reviewer.model.facts.routing import Route
from reviewer.model.facts.values import Ref

PATTERN_CONSTANT = "#CONVENTION"
PREFIX_CONSTANT = "#PREFIX"
VERSION_SETTING = "#APIVERSION"
SLUG_SETTING = "#SLUG"
"""Settings of the application, under names that no program can declare."""
SLUGS = re.compile(r"\w*(?:Slug|Kebab|Dash|Hyphen)\w*Transformer\w*", re.IGNORECASE)
HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
DEFAULT = "{controller=Home}/{action=Index}/{id?}"
API_DEFAULT = "api/{controller}/{id?}"
STARTING_FILES = frozenset({"program.cs", "startup.cs", "global.asax.cs", "routeconfig.cs", "webapiconfig.cs"})
DEFAULTS = words("MapDefaultControllerRoute UseMvcWithDefaultRoute")
MAPPING = words(
    "MapControllerRoute MapRoute MapAreaControllerRoute MapAreaRoute MapHttpRoute MapDynamicControllerRoute"
)
NAMED_PATTERNS = ("pattern", "template", "url", "routeTemplate")
AREA_REGISTRATION, AREA_NAME = "AreaRegistration", "AreaName"
AREA_FOLDER = re.compile(r"(?:^|/)Areas/([^/]+)/")
PREFIXING = re.compile(r"Use\w*RoutePrefix\w*|\w*RoutePrefixConvention|\w*RouteConvention|AddRoutePrefix\w*")
NOT_SERVED = Expansion(method="")
PARAMETER = re.compile(r"\{(\w+)(?::[^{}=]*)?(=[^{}]*)?(\?)?\}")


@dataclass(frozen=True, slots=True)
class _Pattern:
    kind: str
    area: str
    controller: str
    action: str
    text: str


def read_conventions(module: Module, kept: Kept) -> None:
    """Keeps the patterns that an application maps, its global prefix and its default API version."""
    number = 0
    for call in module.calls:
        if call.last in DEFAULTS or call.last in MAPPING:
            pattern = _pattern(module, call)
            if pattern is not None:
                kept.constants.append(
                    Attribute(name=f"{PATTERN_CONSTANT}{number or ''}", value=(pattern,), line=call.line)
                )
                number += 1
        elif PREFIXING.fullmatch(call.last[:80]) and (prefix := _prefix(call)):
            kept.constants.append(Attribute(name=PREFIX_CONSTANT, value=(prefix,), line=call.line))
        elif call.new and SLUGS.fullmatch(call.last[:80]):
            kept.constants.append(Attribute(name=SLUG_SETTING, value=("kebab",), line=call.line))
        elif _names_version(call) and (version := version_text(*call.args[:2])):
            kept.constants.append(Attribute(name=VERSION_SETTING, value=(version,), line=call.line))


def _names_version(call: Call) -> bool:
    """``new ApiVersion(1, 0)`` and ``HasApiVersion(1.0)``."""
    return bool(call.args) and ((call.new and call.last == "ApiVersion") or call.last == "HasApiVersion")


def slug(index: Index, path: str, name: str) -> str:
    """A controller's or action's name as its route spells it: ``work-items`` where the application says so."""
    return HUMP.sub("-", name).lower() if index.text(path, (Ref(name=SLUG_SETTING),)) else name


def _prefix(call: Call) -> str:
    for arg in call.args:
        inner = arg.args[0] if isinstance(arg, Call) and arg.args else arg
        if text := plain(inner):
            return text
    return ""


def _pattern(module: Module, call: Call) -> str | None:
    """A pattern with the defaults beside it, in one text."""
    area = _area_of(module, call)
    texts = [text for arg in call.args if (text := _text(arg, area)) is not None]
    text = next((_text(call.keywords[name], area) for name in NAMED_PATTERNS if name in call.keywords), None)
    is_area = "Area" in call.last
    if text is None:
        place = 2 if is_area else 1
        text = texts[place] if len(texts) > place else DEFAULT if call.last in DEFAULTS else None
    if text is None:
        return None
    area = area or plain(call.keywords.get("areaName")) or (texts[1] if is_area and len(texts) > 1 else "")
    defaults = call.keywords.get("defaults") or next((arg for arg in call.args if isinstance(arg, Mapping)), None)
    kind = "api" if call.last == "MapHttpRoute" else "mvc"
    return "|".join((kind, area, _default(defaults, "controller"), _default(defaults, "action"), text))


def _area_of(module: Module, call: Call) -> str:
    """What an ``AreaRegistration`` calls its area."""
    owner = module.classes[call.owner] if call.owner != -1 else None
    if owner is None or not any(dotted(base).endswith(AREA_REGISTRATION) for base in owner.bases):
        return ""
    given = [item.value for item in module.assignments if item.target == AREA_NAME and item.owner == call.owner]
    names = {item.index for item in module.functions if item.name == AREA_NAME and item.owner == call.owner}
    given += [item.value for item in module.returns if item.function in names]
    return next((text for value in given if (text := plain(value))), "")


def _text(expr: Expr, area: str) -> str | None:
    """A constant text; the area's name stands for itself in it."""
    if not isinstance(expr, Text):
        return None
    parts = [
        part if isinstance(part, str) else area if dotted(part).endswith(AREA_NAME) else None for part in expr.parts
    ]
    return None if None in parts else "".join(part for part in parts if part)


def _default(defaults: Expr | None, key: str) -> str:
    return plain(defaults.get(key)) or "" if isinstance(defaults, Mapping) else ""


_latest: list[tuple[Index, list[tuple[str, _Pattern]]]] = []


def _patterns(index: Index) -> list[tuple[str, _Pattern]]:
    if not (_latest and _latest[0][0] is index):
        _latest[:] = [(index, list(_all_patterns(index)) or _usual(index))]
    return _latest[0][1]


def _all_patterns(index: Index) -> Iterator[tuple[str, _Pattern]]:
    for path, facts in sorted(index.files.items()):
        for item in facts.constants if facts.kind == "csharp" else ():
            if item.name.startswith(PATTERN_CONSTANT) and item.value and isinstance(item.value[0], str):
                parts = item.value[0].split("|", 4)
                if len(parts) == 5:
                    yield path, _Pattern(*parts)


def _usual(index: Index) -> list[tuple[str, _Pattern]]:
    """What every new project maps, where only parts of one are there: no file in which it could map anything."""
    names = {path.rpartition("/")[2].lower() for path, facts in index.files.items() if facts.kind == "csharp"}
    if names & STARTING_FILES:
        return []
    return [("", _Pattern("mvc", "", "", "", DEFAULT)), ("", _Pattern("api", "", "", "", API_DEFAULT))]


def conventional(index: Index, path: str, route: Route) -> Iterator[Expansion]:
    """The endpoints of an action without a template: one for each pattern of its application that fits it."""
    kind, action, parameters, verbs = [*route.name.split("|"), "", "", "", ""][:4]
    owner = route.router.removesuffix(CONVENTIONAL)
    area = inherited(index, path, owner, AREA_CONSTANT) or _area_by_folder(path, route)
    methods = verbs.split(",") if verbs else ["ANY"]
    suffixes: list[str] = []
    if not _has_route(index, path, owner):
        for pattern in _nearest(index, path, kind):
            suffix = _filled(pattern, controller_name(owner), action, area, parameters.split(","))
            suffixes += [suffix] if suffix is not None else []
    yield from (Expansion(method=method, suffix=suffix) for suffix in suffixes for method in methods)
    if not suffixes:
        yield NOT_SERVED


def _area_by_folder(path: str, route: Route) -> str:
    """MVC 5 finds the area by the namespace, which goes by the folder."""
    found = AREA_FOLDER.search(path) if route.framework == ASPNET else None
    return found[1] if found else ""


def inheriting(index: Index, path: str, route: Route) -> Iterator[Expansion]:
    """An action without a template in a class without a route: at the route of its bases, if they have one."""
    verbs = route.name.split("|")[-1]
    if not _has_route(index, path, route.router.partition(".#")[0]):
        yield NOT_SERVED
    else:
        yield from (Expansion(method=verb) for verb in (verbs.split(",") if verbs else ("ANY",)))


def _has_route(index: Index, path: str, name: str) -> bool:
    """Whether a class has a route of its own or from a base; a prefix alone is none."""
    return bool(inherited(index, path, name, ROUTE_CONSTANT)) and not inherited(index, path, name, PREFIXED_CONSTANT)


def inherited(index: Index, path: str, name: str, constant: str) -> str:
    """What a class or the nearest of its bases says by an attribute."""
    for where, item in index.mro(path, name):
        wanted = f"{item.name}.{constant}"
        value = next((found.value for found in index.files[where].constants if found.name == wanted), None)
        if value is not None:
            return index.text(where, value)
    return ""


def _nearest(index: Index, path: str, kind: str) -> list[_Pattern]:
    """The patterns of the application that a file belongs to, going by folders."""
    given = [(where, item) for where, item in _patterns(index) if item.kind == kind]
    closest = max((_shared(path, where) for where, _ in given), default=0)
    return [item for where, item in given if _shared(path, where) == closest]


def _filled(pattern: _Pattern, controller: str, action: str, area: str, parameters: list[str]) -> str | None:
    """The path at which a pattern serves an action, None where it does not."""
    fixed = ("{controller" in pattern.text, "{action" in pattern.text)
    if not fixed[0] and pattern.controller.lower() != controller.lower():
        return None
    if not fixed[1] and pattern.action and pattern.action.lower() != action.lower():
        return None
    if pattern.kind == "mvc" and not _is_of_area(pattern, area):
        return None
    values = {"controller": controller, "action": action, "area": area}
    known = {"controller": pattern.controller, "action": pattern.action}
    segments: list[tuple[str, bool]] = []
    for segment in pattern.text.strip("/").split("/"):
        found = PARAMETER.fullmatch(segment)
        if found is None:
            segments.append((segment, False))
            continue
        name, default, optional = found.groups()
        if name in values:
            standard = default[1:] if default else known.get(name, "")
            segments.append((values[name], bool(standard) and standard.lower() == values[name].lower()))
        elif name in parameters or not (optional or default or name == "id"):
            segments.append((f"{{{name}}}", False))
    while segments and segments[-1][1]:
        segments.pop()
    return "/" + "/".join(text for text, _ in segments)


def _is_of_area(pattern: _Pattern, area: str) -> bool:
    if pattern.area:
        return pattern.area.lower() == area.lower()
    return bool(area) == ("{area" in pattern.text)


def _shared(one: str, other: str) -> int:
    count = 0
    for left, right in zip(one.split("/")[:-1], other.split("/")[:-1], strict=False):
        if left != right:
            break
        count += 1
    return count
