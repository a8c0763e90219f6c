"""Ruby on Rails: routes, controllers, and the setting that leaves forms out."""

from __future__ import annotations

import msgspec

from reviewer.gather.expressions import last, truth
from reviewer.gather.frameworks.ruby._dsl import VERBS, Blocks, arrow, block_of
from reviewer.gather.frameworks.ruby._rails_controllers import views_of
from reviewer.gather.frameworks.ruby._rails_drawing import RAILS, Drawing, Site
from reviewer.gather.frameworks.ruby._rails_expand import API_ONLY, MODEL, expand
from reviewer.gather.frameworks.ruby._rails_routes import DECLARATIONS
from reviewer.gather.frameworks.ruby._rails_scope import Scope
from reviewer.gather.frameworks.ruby.hanami import is_drawn as is_hanamis
from reviewer.gather.look import look_at, words
from reviewer.gather.reader import Framework, Kept
from reviewer.gather.syntax import Call, Module, plain
from reviewer.model.facts.code import Attribute
from reviewer.model.facts.routing import Router, View

ROUTER = "routes"
OTHERS = words("task describe source use run allow origins desc rackup")
"""Declarations beside which ``resource`` and its like are somebody else's."""
DRAWN_MARKS = words("resources resource devise_for")
"""Declarations that only routes have: a file with one of them outside any class is drawn by another."""


def read(module: Module, kept: Kept) -> None:
    """Keeps what a file declares of a Rails application."""
    blocks = Blocks.of(look_at(module))
    drawn = [call for call in module.calls if _draws(call)]
    for call in drawn:
        _draw(blocks, kept, call)
    if not drawn and _is_drawn(module):
        _read_drawn(blocks, kept)
    kept.views.extend(views_of(blocks))
    for item in module.assignments:
        if item.target.endswith("config.api_only") and truth(item.value) is True:
            kept.constants.append(Attribute(name=API_ONLY, value=("true",), line=item.line))
    for call in module.calls:
        if call.name == "devise" and call.owner != -1:
            modules = tuple(text for arg in call.args if (text := plain(arg)))
            kept.views.append(View(symbol=f"{MODEL}{module.classes[call.owner].name}", line=call.line, guards=modules))


def _draws(call: Call) -> bool:
    """``Rails.application.routes.draw do`` and that of an engine."""
    return (
        call.last == "draw"
        and block_of(call) is not None
        and last(call.name.rpartition(".")[0]).lower()
        in (
            "routes",
            "routeset",
        )
    )


def _is_drawn(module: Module) -> bool:
    """Whether a file holds routes by themselves: resources, or a path to an action, outside of any class."""
    if module.classes or is_hanamis(module) or any(call.name in OTHERS for call in module.calls):
        return False
    return any(call.name in DRAWN_MARKS or (call.name in VERBS and _names_action(call)) for call in module.calls)


def _read_drawn(blocks: Blocks, kept: Kept) -> None:
    """Keeps the routes of such a file: they are of the framework of whatever draws or mounts them."""
    before = len(kept.routes)
    kept.routers.append(Router(symbol=ROUTER, framework="", line=1))
    drawing = Drawing(blocks, kept, ROUTER, DECLARATIONS)
    for call in blocks.calls.get(-1, []):
        drawing.call(Site(call, Scope(), {}, 0))
    kept.routes[before:] = [msgspec.structs.replace(route, framework="") for route in kept.routes[before:]]


def _names_action(call: Call) -> bool:
    pair = arrow(call)
    return "#" in (plain(pair[1] if pair else call.keywords.get("to")) or "")


def _draw(blocks: Blocks, kept: Kept, call: Call) -> None:
    owner = call.name.removesuffix(".routes.draw")
    engine = owner not in ("Rails.application",) and owner.endswith("Engine")
    router = owner if engine else ROUTER
    kept.routers.append(Router(symbol=router, framework=RAILS, line=call.line, root=not engine))
    Drawing(blocks, kept, router, DECLARATIONS).block(Site(call, Scope(), {}, 0), Scope())


FRAMEWORK = Framework(
    name=RAILS,
    languages=("Ruby",),
    read=read,
    packages=("rails", "railties"),
    expand=expand,
    decides=True,
)
