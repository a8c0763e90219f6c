"""GraphQL in applications of FastAPI and Starlette: routers, mounts and routes of strawberry, ariadne and graphene."""

from __future__ import annotations

from reviewer.gather.frameworks.python._lookup import Lookup
from reviewer.gather.given import MADE
from reviewer.gather.reader import Kept
from reviewer.gather.syntax import Call, Expr, value_of
from reviewer.model.facts.routing import Route, Router
from reviewer.model.facts.values import Value

MAKERS = frozenset({"GraphQLRouter", "GraphQL", "GraphQLApp"})
ROUTER_MODULES = ("strawberry.fastapi", "strawberry.asgi", "ariadne.asgi", "starlette_graphene", "starlette_graphene3")
"""Whose import tells that a file makes such a router, though it imports nothing of FastAPI."""
MODULES = ("strawberry", "ariadne", "starlette_graphene")


def is_graphql(expr: Expr | None) -> bool:
    """Whether an expression makes what answers GraphQL."""
    return isinstance(expr, Call) and expr.last in MAKERS


def keep_made(kept: Kept, framework: str, symbol: str, call: Call, line: int) -> None:
    """``GraphQLRouter(schema)`` is a router with one route; ``GraphQL(schema)`` is mounted as such."""
    prefix = value_of(call.keywords.get("prefix"))
    kept.routers.append(Router(symbol=symbol, framework=framework, line=line, prefix=prefix))
    keep_route(kept, framework, symbol, call)


def keep_given_back(lookup: Lookup, framework: str, kept: Kept) -> None:
    """``return GraphQLRouter(schema)``."""
    for item in lookup.module.returns:
        if item.function != -1 and isinstance(item.value, Call) and is_graphql(item.value):
            symbol = f"{lookup.module.functions[item.function].qualname}{MADE}"
            keep_made(kept, framework, symbol, item.value, item.line)


def keep_route(kept: Kept, framework: str, router: str, call: Call, prefix: Value = (), own: bool = True) -> None:
    """The route of ``call`` below ``prefix``; ``own`` where the call itself may say its path."""
    path = value_of(call.keywords.get("path")) if own else ()
    kept.routes.append(
        Route(
            router=router,
            framework=framework,
            methods=("ANY",),
            path=prefix + path,
            line=call.line,
            end_line=call.end_line,
            handler="GraphQL",
        )
    )
