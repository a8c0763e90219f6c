"""Frameworks that declare routes by calls on an application or router, as Express does: what each calls its parts."""

from __future__ import annotations

import re
from dataclasses import dataclass

CONTEXT_HANDLER = re.compile(r"\(\s*ctx\b[^()]{0,40}\)\s*=>|\bctx\s*=>|\bfunction\s*\w*\s*\(\s*ctx\b")
"""How handlers of Koa begin; those of Express take a request and a response."""
FASTIFY_OPTIONS = re.compile(r"\b(?:preHandler|preValidation|validatorCompiler)\b")
"""Options of routes that only Fastify has: they tell it in files that do not name it."""
METHODS = frozenset({"get", "post", "put", "patch", "delete", "del", "options", "head", "all"})
SPELLED = {"all": "ANY", "any": "ANY", "del": "DELETE"}
"""Names of methods that are no method of HTTP."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """One framework of the kind.

    Args:
        name: of the framework.
        applications: full names of what makes an application.
        routers: full names of what makes a router.
        types: TypeScript types of parameters that are one or the other.
        usual: names that a parameter or an imported variable which is one usually has.
        fields: the same of fields of ``this``.
        others: packages whose applications are called the same: in their files a usual name proves nothing.
        chained: methods that give the router back, beyond those of HTTP.
        prefixes: keys of the options that a router is made with which hold its prefix.
        gives: methods whose function is given a router (``register`` of Fastify, ``group`` of Elysia).
        plugins: types of functions that are given one (``FastifyPluginAsync``).
        answering: what a handler calls the object that it answers by.
        pages: the methods of that object which answer with a page.
    """

    name: str
    applications: frozenset[str]
    routers: frozenset[str] = frozenset()
    types: frozenset[str] = frozenset()
    usual: frozenset[str] = frozenset()
    fields: frozenset[str] = frozenset()
    others: tuple[str, ...] = ()
    chained: frozenset[str] = frozenset()
    prefixes: tuple[str, ...] = ()
    gives: frozenset[str] = frozenset()
    plugins: tuple[str, ...] = ()
    answering: frozenset[str] = frozenset({"res", "response", "reply", "_res", "resp"})
    pages: frozenset[str] = frozenset({"render", "sendFile", "renderFile"})


EXPRESS = Dialect(
    name="Express",
    applications=frozenset({"express"}),
    routers=frozenset(
        {"express.Router", "express-promise-router", "express-async-router", "express-async-router.AsyncRouter"}
    ),
    types=frozenset({"Application", "Express", "Router", "IRouter", "IRoute", "core.Express", "core.Router"}),
    usual=frozenset({"app", "router", "route", "routes", "application", "expressApp", "express", "apiRouter"}),
    fields=frozenset({"this.app", "this.router", "this.route", "this.routes", "this.express"}),
    others=(
        *("koa", "@koa/router", "koa-router", "fastify", "@hapi/hapi", "hapi", "hono", "restify", "polka"),
        *("@nestjs/core", "itty-router", "elysia", "@hono/zod-openapi", "fastify-plugin", "restify-router"),
        *(
            "@adonisjs/core",
            "koa-joi-router",
            "@tinyhttp/app",
            "hyper-express",
            "restana",
            "find-my-way",
            "sst",
            "aws-cdk-lib",
        ),
    ),
    chained=frozenset({"set", "param", "enable", "disable"}),
)
