"""What Fastify's ``register`` puts below a prefix: plugins of this file and others, whole folders, known libraries."""

from __future__ import annotations

from reviewer.gather.expressions import truth
from reviewer.gather.frameworks.node._express_reading import Reading, line_of
from reviewer.gather.frameworks.node._folders import folder_of
from reviewer.gather.syntax import Attribute, Call, Expr, Lambda, Mapping, Name, Text, dotted, plain, value_of
from reviewer.model.facts.routing import Mount
from reviewer.model.facts.values import Value

AUTOLOAD = frozenset({"@fastify/autoload", "fastify-autoload", "@fastify/autoload.fastifyAutoload"})
STATIC = frozenset({"@fastify/static", "fastify-static", "@fastify/static.fastifyStatic"})
DOCUMENTATION = frozenset(
    {"@fastify/swagger-ui", "@fastify/swagger", "fastify-swagger", "@scalar/fastify-api-reference"}
)
DOCUMENTATION_PATH = "/documentation"
GRAPHQL = frozenset({"mercurius", "@as-integrations/fastify", "@as-integrations/fastify.fastifyApolloHandler"})
PLUGIN_WRAPPERS = frozenset({"fastify-plugin", "fp", "fastifyPlugin"})


def read_register(reading: Reading, call: Call, parent: str) -> None:
    """``instance.register(plugin, { prefix })``."""
    plugin = call.args[0]
    given = call.args[1] if len(call.args) > 1 else None
    known = reading.names.values.get(given.dotted, given) if isinstance(given, Name) else given
    options = known if isinstance(known, Mapping) else None
    origin = reading.names.origin(plugin.callee if isinstance(plugin, Call) else plugin)
    if origin in AUTOLOAD:
        _read_folder(reading, call, parent, options)
    elif origin in STATIC or origin in DOCUMENTATION or origin in GRAPHQL:
        _read_library(reading, call, parent, options, origin)
    elif child := _plugin(reading, plugin):
        _mount(reading, call, parent, child, _prefix(options))


def _prefix(options: Mapping | None) -> Value:
    value = options.get("prefix") if options is not None else None
    return value_of(value) if value is not None else ()


def _plugin(reading: Reading, plugin: Expr) -> str:
    """The name of the plugin, where this repository may define it."""
    if isinstance(plugin, Lambda):
        return reading.routers.function_symbol(plugin.function)
    if isinstance(plugin, Call):
        wrapped = reading.names.origin(plugin.callee).rpartition("/")[2] in PLUGIN_WRAPPERS and plugin.args
        if wrapped:
            return _plugin(reading, plugin.args[0])
        if plugin.last == "import" and plugin.args:
            return _imported(reading, plain(plugin.args[0]) or "")
        name = dotted(plugin.callee)
        return name if name and reading.names.is_own(name) else ""
    name = dotted(plugin) if isinstance(plugin, Name | Attribute) else ""
    return name if name and reading.names.is_own(name) else ""


def _imported(reading: Reading, module: str) -> str:
    """The name of a module that ``import("./routes")`` takes in."""
    return next((item.alias for item in reading.module.imports if item.module == module and item.name is None), "")


def _mount(reading: Reading, call: Call, parent: str, child: str, prefix: Value, **facts: object) -> None:
    if parent == child:
        return
    reading.routers.use(parent, line_of(call))
    reading.mounts.append(
        Mount(
            parent=parent,
            child=child,
            framework=reading.routers.dialect.name,
            line=line_of(call),
            prefix=prefix,
            guards=tuple(dict.fromkeys(reading.guards_before(parent, prefix))),
            **facts,  # type: ignore[arg-type]
        )
    )


def _read_folder(reading: Reading, call: Call, parent: str, options: Mapping | None) -> None:
    """``register(autoload, { dir: join(__dirname, "routes") })``: each file below the path of its folder in it."""
    folder = folder_of(reading, options.get("dir") if options is not None else None)
    if folder is None or options is None:
        return
    inner = options.get("options")
    prefix = _prefix(inner) if isinstance(inner, Mapping) else ()
    named = truth(options.get("dirNameRoutePrefix")) is not False
    _mount(reading, call, parent, "", prefix, folder=folder if named else f"{folder}/**", by_path=named)


def _read_library(reading: Reading, call: Call, parent: str, options: Mapping | None, origin: str) -> None:
    """Libraries that answer by themselves: files, the API's documentation, GraphQL."""
    given = options.get("routePrefix") or options.get("prefix") or options.get("path") if options is not None else None
    path = value_of(given) if isinstance(given, Text | Name) else ()
    if origin in GRAPHQL:
        off = options is not None and truth(options.get("routes")) is False
        if not off:
            reading.route(call, parent, ("ANY",), path or ("/graphql",), handler=origin)
    elif origin in STATIC:
        reading.route(call, parent, ("GET",), (*(path or ("/",)), "/{path}"), implicit=True)
    elif origin != "@fastify/swagger" or path:
        reading.route(call, parent, ("GET",), path or (DOCUMENTATION_PATH,), implicit=True)
