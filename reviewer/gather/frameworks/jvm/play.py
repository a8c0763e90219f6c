"""Play: actions of controllers, to which the lines of a routes file lead; which render pages, and who may ask them."""

from __future__ import annotations

from collections.abc import Iterable

from reviewer.gather.frameworks.jvm._annotations import name_of, words_of
from reviewer.gather.index import Index
from reviewer.gather.reader import Expansion, Framework, Kept
from reviewer.gather.syntax import Expr, Function, Module, Name, walk
from reviewer.model.facts.routing import Route, View

PLAY = "Play"
MODULES = ("play.mvc", "play.api.mvc")
RESULTS = ("Result", "CompletionStage<Result>", "Promise<Result>", "F.Promise<Result>", "CompletableFuture<Result>")
TEMPLATES = ("views.html.", "views.xml.")
REDIRECTS = frozenset({"redirect", "seeOther", "movedPermanently", "found", "temporaryRedirect"})
GUARDS = frozenset(
    {"Authenticated", "With", "SubjectPresent", "Restrict", "RequiresAuthentication", "Secure", "Secured"}
)


def read(module: Module, kept: Kept) -> None:
    """Keeps the actions of a file: functions that return a result."""
    if not module.imported(*MODULES):
        return
    pages = {call.function for call in module.calls if _is_template(call.name) or call.last in REDIRECTS}
    classes = {item.index: item for item in module.classes}
    for function in module.functions:
        if function.owner != -1 and _is_action(function):
            around = classes[function.owner]
            kept.views.append(
                View(
                    symbol=function.qualname,
                    line=function.line,
                    page=bool(pages & _inside(module, function)),
                    guards=tuple(_guards((*around.decorators, *function.decorators))),
                )
            )


def _is_action(function: Function) -> bool:
    kind = function.returns.replace(" ", "")
    return any(kind == item or kind.endswith(f".{item}") for item in RESULTS)


def _is_template(name: str) -> bool:
    """``views.html.index.render(...)``; with ``import views.html.*`` only ``index.render`` is left."""
    return name.startswith(TEMPLATES) or (name.endswith(".render") and name.count(".") == 1 and name[:1].islower())


def _inside(module: Module, function: Function) -> set[int]:
    """A function with the lambdas in it."""
    found = {function.index}
    for item in module.functions[function.index + 1 :]:
        if item.parent in found:
            found.add(item.index)
    return found


def _guards(decorators: Iterable[Expr]) -> Iterable[str]:
    """``@Security.Authenticated(Secured.class)``, ``@With(AuthAction.class)``."""
    for decorator in decorators:
        if name_of(decorator) in GUARDS:
            named = [item.dotted for item in walk(decorator) if isinstance(item, Name)]
            yield " ".join(named) or words_of(decorator)


def expand(index: Index, path: str, route: Route) -> Iterable[Expansion]:
    """What the action of a route says of itself; a route whose action is not found is served all the same."""
    found = index.function(path, route.handler)
    routing = index.files[found[0]].routing if found else None
    views = [item for item in routing.views if found and item.symbol == found[1].qualname] if routing else []
    return [
        Expansion(
            method=method,
            page=any(item.page for item in views),
            guards=tuple(guard for item in views for guard in item.guards),
        )
        for method in route.methods
    ]


FRAMEWORK = Framework(
    name=PLAY,
    languages=("Java", "Kotlin"),
    read=read,
    packages=("com.typesafe.play:play", "org.playframework:play"),
    expand=expand,
    decides=True,
    one_root=True,
)
