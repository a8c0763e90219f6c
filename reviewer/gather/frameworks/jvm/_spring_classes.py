"""What Spring's annotations say of a class and its methods: mappings, pages, guards."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from reviewer.gather.frameworks.jvm._annotations import find, flat, given, name_of, option, path_of, texts, words_of
from reviewer.gather.syntax import Class, Expr, Function, Module
from reviewer.model.facts.values import Value

MAPPINGS = {
    "GetMapping": "GET",
    "PostMapping": "POST",
    "PutMapping": "PUT",
    "PatchMapping": "PATCH",
    "DeleteMapping": "DELETE",
    "RequestMapping": "",
    "GetExchange": "GET",
    "PostExchange": "POST",
    "PutExchange": "PUT",
    "PatchExchange": "PATCH",
    "DeleteExchange": "DELETE",
}
"""Annotations of methods, with the HTTP method that they stand for."""
CLASS_MAPPINGS = ("RequestMapping", "HttpExchange")
REST = ("RestController", "ResponseBody", "RepositoryRestController", "BasePathAwareController")
CONTROLLERS = ("Controller", *REST)
CLIENTS = ("FeignClient", "ReactiveFeignClient")
BODY = "ResponseBody"
BODIES = re.compile(
    r"\b(?:ResponseEntity|HttpEntity|Flux|SseEmitter|ResponseBodyEmitter|StreamingResponseBody|Resource|byte|ByteArray|"
    r"Flow|EntityModel|CollectionModel|ServerSentEvent|JsonNode|ProblemDetail)\b"
)
"""Types that are answered as they are, whatever the class says."""
VIEWS = re.compile(r"(?:[\w.]+<)?(?:ModelAndView|RedirectView)\b")
WRITERS = re.compile(r"\b(?:HttpServletResponse|ServletResponse|ServerHttpResponse|OutputStream|Writer)\b")
GUARDS = ("PreAuthorize", "PostAuthorize", "Secured", "RolesAllowed", "RequiresAuthentication", "RequiresRoles",
          "RequiresPermissions", "SaCheckLogin", "SaCheckRole", "SaCheckPermission")  # fmt: skip
OPEN = re.compile(r"permitAll|isAnonymous|IS_AUTHENTICATED_ANONYMOUSLY|ROLE_ANONYMOUS|\banonymous\b")
ANY = "ANY"


@dataclass(frozen=True, slots=True)
class Mapped:
    """A method with its HTTP methods and the paths that it serves below its class."""

    function: Function
    methods: tuple[str, ...]
    paths: tuple[Value, ...]
    line: int


def class_paths(module: Module, owner: Class) -> tuple[Value, ...]:
    """The paths that a class is mapped to; none where it says nothing."""
    mapping = find(owner.decorators, *CLASS_MAPPINGS)
    return paths_of(module, owner, mapping) if mapping is not None else ()


def paths_of(module: Module, owner: Class, mapping: Expr) -> tuple[Value, ...]:
    """The paths of a mapping, the empty one where it names none."""
    found = tuple(path_of(module, owner, item) for item in flat(given(mapping, "path", "url")))
    return found or ((),)


def methods_of(mapping: Expr) -> tuple[str, ...]:
    """The HTTP methods of a mapping, none where it names none."""
    known = MAPPINGS.get(name_of(mapping), "")
    return (known,) if known else tuple(item.upper() for item in texts(option(mapping, "method")) if item)


def mapped(module: Module, owner: Class) -> Iterator[Mapped]:
    """The methods of a class that are mapped, whatever the class itself is."""
    of_class = find(owner.decorators, *CLASS_MAPPINGS)
    inherited = methods_of(of_class) if of_class is not None else ()
    for function in module.methods_of(owner):
        decorator = find(function.decorators, "RequestMapping") or find(function.decorators, *MAPPINGS)
        if decorator is not None:
            methods = tuple(dict.fromkeys((*inherited, *methods_of(decorator)))) or (ANY,)
            yield Mapped(function, methods, paths_of(module, owner, decorator), function.line)


def is_rest(decorators: tuple[Expr, ...]) -> bool:
    """Whether annotations say that what is returned is the answer's body."""
    return find(decorators, *REST) is not None


def is_page(function: Function, pages: bool) -> bool:
    """Whether a method returns a page, or the name of one in a class that answers ``pages``; a view is one anywhere."""
    if VIEWS.match(function.returns):
        return True
    if not pages or find(function.decorators, BODY) is not None or BODIES.search(function.returns[:300]):
        return False
    writes = any(WRITERS.search(parameter.type[:300]) for parameter in function.parameters)
    return not (writes and function.returns in ("void", "Unit", ""))


def guards_of(decorators: tuple[Expr, ...]) -> tuple[str, ...]:
    """What annotations ask for; ``public`` where they open something to everybody."""
    found = []
    for decorator in decorators:
        name = name_of(decorator)
        if name in ("PermitAll", "SaIgnore", "PassToken", "AnonymousAccess"):
            found.append("public")
        elif name in GUARDS:
            said = words_of(decorator)
            found.append("public" if OPEN.search(said[:400]) else f"{name} (authorized)")
    return tuple(found)
