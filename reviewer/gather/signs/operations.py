"""Running a service: stopping gracefully, background work, caches."""

from __future__ import annotations

from reviewer.gather.expressions import chain, inside, last, option, plain_or_name
from reviewer.gather.look import Look, decorators, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import ECMA, PYTHON, keep, settings
from reviewer.gather.syntax import Call, Mapping, Module, plain
from reviewer.model.facts.code import SignKind

STOP_SIGNALS = words("SIGTERM SIGINT")
REDIS_MODULES = ("redis", "aioredis", "redis.asyncio", "flask_redis", "django_redis")
REDIS_EXPIRING = words("setex setEx psetex pSetEx expire")
NODE_REDIS = ("redis", "ioredis", "@redis/client", "connect-redis")
EXPIRY_OPTIONS = words("ex px EX PX timeout nx")
STARTING = words(
    "uvicorn.run waitress.serve hypercorn.run cherrypy.quickstart cherrypy.engine.start aiohttp.web.run_app bottle.run"
    " werkzeug.serving.run_simple wsgiref.simple_server.make_server http.server.HTTPServer eventlet.wsgi.server"
    " gevent.pywsgi.WSGIServer spyne.util.wsgi_wrapper.run_twisted tornado.ioloop.IOLoop.current grpc.server"
    " socketserver.TCPServer http.server.ThreadingHTTPServer web.run_app twisted.internet.reactor.run"
)
STARTED = words("app application server api socketio api_app flask_app web_app connex_app connexion_app create_app")
"""What a server is called where ``run()`` starts it."""
CACHE_DECORATORS = words("cached memoize cache_page")


def read_python(module: Module, kept: Kept) -> None:
    """Signal handlers and lifespans, background tasks, Redis entries that expire, Django's caches."""
    look = look_at(module)
    redis = look.imports(*REDIS_MODULES)
    for call in module.calls:
        _python_stop(look, kept, call)
        if look.origin(call.name) in STARTING or _runs_server(call):
            keep(kept, look, SignKind.SERVER_START, call, call.name)
        if redis and _expires(call):
            keep(kept, look, SignKind.CACHE, call, "Redis with expiry")
    _python_decorators(look, kept)
    for function in module.functions:
        if any(parameter.type == "BackgroundTasks" for parameter in function.parameters):
            keep(kept, look, SignKind.JOB, function, "BackgroundTasks", function.index)
    for item in settings(look):
        if (
            item.name == "CACHES"
            and item.function == -1
            and isinstance(item.value, Mapping)
            and _real_cache(item.value)
        ):
            keep(kept, look, SignKind.CACHE, item, "Django cache")


def _runs_server(call: Call) -> bool:
    """``app.run(port=8000)``, ``create_app().run()``, ``server.serve_forever()``."""
    receiver = last(call.name.rpartition(".")[0].removesuffix("()"))
    return call.last in ("serve_forever", "serveForever") or (call.last == "run" and receiver in STARTED)


def _python_decorators(look: Look, kept: Kept) -> None:
    """``@app.on_event("shutdown")``, ``@cache.cached()``, ``@app.task`` of Celery."""
    for decorator, name, item in decorators(look.module):
        args = decorator.args if isinstance(decorator, Call) else ()
        if last(name) == "on_event" and args and plain(args[0]) == "shutdown":
            keep(kept, look, SignKind.GRACEFUL_STOP, item, "shutdown event", -1)
        elif last(name) in CACHE_DECORATORS and name.partition(".")[0] == "cache":
            keep(kept, look, SignKind.CACHE, item, name, -1)
        elif last(name) in ("task", "shared_task") and _celery(look, name):
            keep(kept, look, SignKind.JOB, item, name, -1)


def _celery(look: Look, name: str) -> bool:
    if look.origin(name).startswith("celery."):
        return True
    return last(name.rpartition(".")[0]) in ("celery", "celery_app") or (name == "app.task" and look.imports("celery"))


def _real_cache(value: Mapping) -> bool:
    return not any("DummyCache" in (plain(part) or "") for part in inside(value))


def _python_stop(look: Look, kept: Kept, call: Call) -> None:
    name = look.origin(call.name)
    first = last(plain_or_name(call.args[0])) if call.args else ""
    if (name == "signal.signal" or last(name) == "add_signal_handler") and first in STOP_SIGNALS:
        keep(kept, look, SignKind.GRACEFUL_STOP, call, first)
    elif last(name) == "add_event_handler" and first == "shutdown":
        keep(kept, look, SignKind.GRACEFUL_STOP, call, "shutdown event")
    elif "lifespan" in call.keywords and last(name) in ("FastAPI", "Starlette", "Litestar"):
        keep(kept, look, SignKind.GRACEFUL_STOP, call, "lifespan")


def _expires(call: Call) -> bool:
    """``r.setex(...)``, ``r.set(key, value, ex=60)``."""
    name = call.last
    if name in REDIS_EXPIRING:
        return True
    return name == "set" and len(call.args) > 1 and bool({"ex", "px", "timeout"} & call.keywords.keys())


def read_ecma(module: Module, kept: Kept) -> None:
    """Signal handlers and shutdown hooks, Redis entries that expire."""
    look = look_at(module)
    redis = look.imports(*NODE_REDIS)
    for call in module.calls:
        name = call.last
        first = plain(call.args[0]) if call.args else None
        if call.name in ("process.on", "process.once") and first in STOP_SIGNALS and len(call.args) > 1:
            keep(kept, look, SignKind.GRACEFUL_STOP, call, first or "")
        elif name == "enableShutdownHooks":
            keep(kept, look, SignKind.GRACEFUL_STOP, call, name)
        elif _caches(call, redis):
            keep(kept, look, SignKind.CACHE, call, "Redis with expiry")


def _caches(call: Call, redis: bool) -> bool:
    """``client.setEx(...)``, ``client.set(key, value, { EX: 60 })``, ``redis.set(key, value, "EX", 60)``."""
    name = call.last
    parts = [part.lower() for part in chain(call)[:-1]]
    if not (redis or any("redis" in part for part in parts)):
        return False
    if name in REDIS_EXPIRING or name.lower() == "setex":
        return True
    if name != "set" or len(call.args) < 3:
        return False
    given = any(option(call, key) is not None for key in EXPIRY_OPTIONS)
    return given or (plain(call.args[2]) or "").upper() in ("EX", "PX")


OPERATIONS_PYTHON = Reader(name="operations (Python)", languages=PYTHON, read=read_python)
OPERATIONS_ECMA = Reader(name="operations (JavaScript)", languages=ECMA, read=read_ecma)
