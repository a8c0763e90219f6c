"""Libraries whose use is a sign by itself: kept at the first place that uses one, not at its import."""

from __future__ import annotations

from reviewer.gather.expressions import inside, last
from reviewer.gather.look import Look, decorators, look_at
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import ECMA, PYTHON, Placed, bases_of, keep
from reviewer.gather.syntax import Call, Items, Module, Name, dotted
from reviewer.model.facts.code import SignKind

Library = tuple[str, SignKind, str, tuple[str, ...]]
"""Module, what it is a sign of, its name, and the only members that count (all where empty)."""

PYTHON_LIBRARIES: tuple[Library, ...] = (
    ("flask_limiter", SignKind.RATE_LIMIT, "Flask-Limiter", ()),
    ("slowapi", SignKind.RATE_LIMIT, "slowapi", ()),
    ("fastapi_limiter", SignKind.RATE_LIMIT, "fastapi-limiter", ()),
    ("django_ratelimit", SignKind.RATE_LIMIT, "django-ratelimit", ()),
    ("ratelimit", SignKind.RATE_LIMIT, "django-ratelimit", ()),
    ("flask_talisman", SignKind.SECURITY_HEADERS, "Flask-Talisman", ()),
    ("secure", SignKind.SECURITY_HEADERS, "secure", ()),
    ("flasgger", SignKind.SPEC_GENERATOR, "flasgger", ("Swagger",)),
    ("apispec", SignKind.SPEC_GENERATOR, "apispec", ("APISpec",)),
    ("flask_apispec", SignKind.SPEC_GENERATOR, "flask-apispec", ("FlaskApiSpec",)),
    ("flask_restx", SignKind.SPEC_GENERATOR, "Flask-RESTX", ("Api",)),
    ("flask_restplus", SignKind.SPEC_GENERATOR, "Flask-RESTPlus", ("Api",)),
    ("flask_smorest", SignKind.SPEC_GENERATOR, "flask-smorest", ("Api",)),
    ("flask_openapi3", SignKind.SPEC_GENERATOR, "flask-openapi3", ("OpenAPI",)),
    ("apiflask", SignKind.SPEC_GENERATOR, "APIFlask", ("APIFlask",)),
    ("flask_swagger_ui", SignKind.SPEC_GENERATOR, "flask-swagger-ui", ()),
    (
        "sanic_ext",
        SignKind.SPEC_GENERATOR,
        "Sanic Extensions",
        ("Extend", "definition", "summary", "response", "description", "body", "tag"),
    ),
    ("sanic_openapi", SignKind.SPEC_GENERATOR, "sanic-openapi", ()),
    ("spectree", SignKind.SPEC_GENERATOR, "spectree", ()),
    ("drf_yasg", SignKind.SPEC_GENERATOR, "drf-yasg", ("get_schema_view",)),
    ("drf_spectacular", SignKind.SPEC_GENERATOR, "drf-spectacular", ("as_view", "extend_schema")),
    ("rest_framework.schemas", SignKind.SPEC_GENERATOR, "REST framework schemas", ("get_schema_view",)),
    ("ninja", SignKind.SPEC_GENERATOR, "Django Ninja", ("NinjaAPI",)),
    ("ninja_extra", SignKind.SPEC_GENERATOR, "Django Ninja Extra", ("NinjaExtraAPI", "NinjaAPI")),
    ("aiohttp_apispec", SignKind.SPEC_GENERATOR, "aiohttp-apispec", ("setup_aiohttp_apispec",)),
    ("connexion", SignKind.SPEC_GENERATOR, "connexion", ("add_api",)),
    ("fastapi", SignKind.SPEC_GENERATOR, "FastAPI", ("FastAPI",)),
    ("litestar", SignKind.SPEC_GENERATOR, "Litestar", ("Litestar",)),
    ("starlite", SignKind.SPEC_GENERATOR, "Starlite", ("Starlite",)),
    ("prometheus_client", SignKind.METRICS, "Prometheus", ()),
    ("prometheus_fastapi_instrumentator", SignKind.METRICS, "Prometheus", ()),
    ("prometheus_flask_exporter", SignKind.METRICS, "Prometheus", ()),
    ("starlette_exporter", SignKind.METRICS, "Prometheus", ()),
    ("opentelemetry", SignKind.METRICS, "OpenTelemetry", ()),
    ("sentry_sdk", SignKind.METRICS, "Sentry", ("init",)),
    ("ddtrace", SignKind.METRICS, "Datadog", ()),
    ("statsd", SignKind.METRICS, "StatsD", ()),
    ("newrelic", SignKind.METRICS, "New Relic", ()),
    ("elasticapm", SignKind.METRICS, "Elastic APM", ()),
    ("celery", SignKind.JOB, "Celery", ()),
    ("rq", SignKind.JOB, "RQ", ("Queue", "Worker", "job")),
    ("apscheduler", SignKind.JOB, "APScheduler", ()),
    ("flask_apscheduler", SignKind.JOB, "APScheduler", ()),
    ("dramatiq", SignKind.JOB, "Dramatiq", ()),
    ("huey", SignKind.JOB, "Huey", ()),
    ("arq", SignKind.JOB, "arq", ()),
    ("django_q", SignKind.JOB, "Django Q", ()),
    ("schedule", SignKind.JOB, "schedule", ("every",)),
    ("flask_caching", SignKind.CACHE, "Flask-Caching", ()),
    ("fastapi_cache", SignKind.CACHE, "fastapi-cache", ()),
    ("aiocache", SignKind.CACHE, "aiocache", ()),
    ("cachetools", SignKind.CACHE, "cachetools", ("TTLCache", "cached")),
    ("django.views.decorators.cache", SignKind.CACHE, "Django cache", ("cache_page",)),
    ("django.core.cache.cache", SignKind.CACHE, "Django cache", ("get", "set", "get_or_set")),
    ("pymemcache", SignKind.CACHE, "Memcached", ()),
    ("zeep", SignKind.SOAP, "zeep", ()),
    ("suds", SignKind.SOAP, "suds", ()),
    ("pysimplesoap", SignKind.SOAP, "pysimplesoap", ()),
    ("spyne", SignKind.SOAP, "spyne", ("Application", "WsgiApplication")),
    ("graphene", SignKind.GRAPHQL, "Graphene", ("Schema",)),
    ("strawberry", SignKind.GRAPHQL, "Strawberry", ("Schema",)),
    ("ariadne", SignKind.GRAPHQL, "Ariadne", ("make_executable_schema",)),
    ("grpc", SignKind.GRPC, "gRPC server", ("server",)),
    ("grpc", SignKind.GRPC, "gRPC client", ("insecure_channel", "secure_channel")),
    ("health_check", SignKind.HEALTH, "django-health-check", ()),
    ("grpc_health", SignKind.HEALTH, "gRPC health checking", ()),
    ("flask_healthz", SignKind.HEALTH, "flask-healthz", ()),
    ("fastapi_health", SignKind.HEALTH, "fastapi-health", ()),
)

ECMA_LIBRARIES: tuple[Library, ...] = (
    ("express-rate-limit", SignKind.RATE_LIMIT, "express-rate-limit", ()),
    ("rate-limiter-flexible", SignKind.RATE_LIMIT, "rate-limiter-flexible", ()),
    ("express-slow-down", SignKind.RATE_LIMIT, "express-slow-down", ()),
    ("express-brute", SignKind.RATE_LIMIT, "express-brute", ()),
    ("@nestjs/throttler", SignKind.RATE_LIMIT, "@nestjs/throttler", ()),
    ("@fastify/rate-limit", SignKind.RATE_LIMIT, "@fastify/rate-limit", ()),
    ("fastify-rate-limit", SignKind.RATE_LIMIT, "@fastify/rate-limit", ()),
    ("hapi-rate-limit", SignKind.RATE_LIMIT, "hapi-rate-limit", ()),
    ("hapi-rate-limitor", SignKind.RATE_LIMIT, "hapi-rate-limitor", ()),
    ("hono-rate-limiter", SignKind.RATE_LIMIT, "hono-rate-limiter", ()),
    ("elysia-rate-limit", SignKind.RATE_LIMIT, "elysia-rate-limit", ()),
    ("hono/body-limit", SignKind.BODY_LIMIT, "bodyLimit", ("bodyLimit",)),
    ("koa-ratelimit", SignKind.RATE_LIMIT, "koa-ratelimit", ()),
    ("helmet", SignKind.SECURITY_HEADERS, "helmet", ()),
    ("koa-helmet", SignKind.SECURITY_HEADERS, "helmet", ()),
    ("@fastify/helmet", SignKind.SECURITY_HEADERS, "helmet", ()),
    ("fastify-helmet", SignKind.SECURITY_HEADERS, "helmet", ()),
    ("elysia-helmet", SignKind.SECURITY_HEADERS, "helmet", ()),
    ("hono/secure-headers", SignKind.SECURITY_HEADERS, "secureHeaders", ("secureHeaders",)),
    ("lusca", SignKind.SECURITY_HEADERS, "lusca", ()),
    ("swagger-ui-express", SignKind.SPEC_GENERATOR, "swagger-ui-express", ("setup",)),
    ("swagger-jsdoc", SignKind.SPEC_GENERATOR, "swagger-jsdoc", ()),
    ("swagger-autogen", SignKind.SPEC_GENERATOR, "swagger-autogen", ()),
    ("express-oas-generator", SignKind.SPEC_GENERATOR, "express-oas-generator", ()),
    ("@nestjs/swagger", SignKind.SPEC_GENERATOR, "@nestjs/swagger", ("setup", "createDocument")),
    ("@fastify/swagger", SignKind.SPEC_GENERATOR, "@fastify/swagger", ()),
    ("fastify-swagger", SignKind.SPEC_GENERATOR, "@fastify/swagger", ()),
    ("fastify-oas", SignKind.SPEC_GENERATOR, "fastify-oas", ()),
    ("lout", SignKind.SPEC_GENERATOR, "lout", ()),
    ("hapi-swagger", SignKind.SPEC_GENERATOR, "hapi-swagger", ()),
    ("@elysiajs/swagger", SignKind.SPEC_GENERATOR, "@elysiajs/swagger", ()),
    ("@elysiajs/openapi", SignKind.SPEC_GENERATOR, "@elysiajs/openapi", ()),
    ("hono-openapi", SignKind.SPEC_GENERATOR, "hono-openapi", ("openAPISpecs", "openAPIRouteHandler", "generateSpecs")),
    ("koa2-swagger-ui", SignKind.SPEC_GENERATOR, "koa2-swagger-ui", ()),
    ("koa-swagger-decorator", SignKind.SPEC_GENERATOR, "koa-swagger-decorator", ()),
    ("express-jsdoc-swagger", SignKind.SPEC_GENERATOR, "express-jsdoc-swagger", ()),
    ("@tsed/swagger", SignKind.SPEC_GENERATOR, "Ts.ED Swagger", ()),
    ("swagger-express-ts", SignKind.SPEC_GENERATOR, "swagger-express-ts", ("express",)),
    ("@adonisjs/shield", SignKind.SECURITY_HEADERS, "Adonis Shield", ("defineConfig",)),
    ("prom-client", SignKind.METRICS, "Prometheus", ()),
    ("express-prom-bundle", SignKind.METRICS, "Prometheus", ()),
    ("@willsoto/nestjs-prometheus", SignKind.METRICS, "Prometheus", ()),
    ("@opentelemetry", SignKind.METRICS, "OpenTelemetry", ()),
    ("@sentry", SignKind.METRICS, "Sentry", ("init",)),
    ("dd-trace", SignKind.METRICS, "Datadog", ("init",)),
    ("applicationinsights", SignKind.METRICS, "Application Insights", ()),
    ("elastic-apm-node", SignKind.METRICS, "Elastic APM", ()),
    ("bull", SignKind.JOB, "Bull", ()),
    ("bullmq", SignKind.JOB, "BullMQ", ("Queue", "Worker", "QueueScheduler", "FlowProducer")),
    ("@nestjs/bull", SignKind.JOB, "Bull", ()),
    ("@nestjs/bullmq", SignKind.JOB, "BullMQ", ()),
    ("agenda", SignKind.JOB, "Agenda", ()),
    ("node-cron", SignKind.JOB, "node-cron", ("schedule",)),
    ("cron", SignKind.JOB, "cron", ("CronJob", "job", "from")),
    ("node-schedule", SignKind.JOB, "node-schedule", ("scheduleJob",)),
    ("kue", SignKind.JOB, "Kue", ()),
    ("bee-queue", SignKind.JOB, "Bee-Queue", ()),
    ("@nestjs/schedule", SignKind.JOB, "@nestjs/schedule", ("Cron", "Interval", "Timeout", "forRoot")),
    ("pg-boss", SignKind.JOB, "pg-boss", ()),
    ("amqplib", SignKind.JOB, "RabbitMQ", ("connect",)),
    ("amqp-connection-manager", SignKind.JOB, "RabbitMQ", ()),
    ("kafkajs", SignKind.JOB, "Kafka", ("Kafka",)),
    ("sqs-consumer", SignKind.JOB, "SQS", ()),
    ("@middy/http-error-handler", SignKind.ERROR_HANDLER, "middy", ()),
    ("koa-json-error", SignKind.ERROR_HANDLER, "koa-json-error", ()),
    ("koa-onerror", SignKind.ERROR_HANDLER, "koa-onerror", ()),
    ("koa-error", SignKind.ERROR_HANDLER, "koa-error", ()),
    ("node-cache", SignKind.CACHE, "node-cache", ()),
    ("cache-manager", SignKind.CACHE, "cache-manager", ()),
    ("@nestjs/cache-manager", SignKind.CACHE, "cache-manager", ()),
    ("apicache", SignKind.CACHE, "apicache", ()),
    ("memory-cache", SignKind.CACHE, "memory-cache", ()),
    ("lru-cache", SignKind.CACHE, "lru-cache", ()),
    ("memcached", SignKind.CACHE, "Memcached", ()),
    ("soap", SignKind.SOAP, "soap server", ("listen",)),
    ("soap", SignKind.SOAP, "soap client", ("createClient", "createClientAsync")),
    ("strong-soap", SignKind.SOAP, "strong-soap", ()),
    ("@grpc/grpc-js", SignKind.GRPC, "gRPC server", ("Server", "addService")),
    ("grpc", SignKind.GRPC, "gRPC server", ("Server", "addService")),
    ("@grpc/grpc-js", SignKind.GRPC, "gRPC client", ("createInsecure", "createSsl")),
    ("@nestjs/terminus", SignKind.HEALTH, "@nestjs/terminus", ()),
    ("@godaddy/terminus", SignKind.HEALTH, "@godaddy/terminus", ()),
    ("lightship", SignKind.HEALTH, "lightship", ()),
    ("@fastify/under-pressure", SignKind.HEALTH, "under-pressure", ()),
    ("under-pressure", SignKind.HEALTH, "under-pressure", ()),
    ("http-terminator", SignKind.GRACEFUL_STOP, "http-terminator", ()),
    ("stoppable", SignKind.GRACEFUL_STOP, "stoppable", ()),
    ("close-with-grace", SignKind.GRACEFUL_STOP, "close-with-grace", ()),
    ("http-graceful-shutdown", SignKind.GRACEFUL_STOP, "http-graceful-shutdown", ()),
)


def read_python(module: Module, kept: Kept) -> None:
    """The libraries of Python back ends."""
    _read(look_at(module), kept, PYTHON_LIBRARIES)


def read_ecma(module: Module, kept: Kept) -> None:
    """The libraries of Node.js back ends."""
    _read(look_at(module), kept, ECMA_LIBRARIES)


def _read(look: Look, kept: Kept, table: tuple[Library, ...]) -> None:
    wanted = [library for library in table if look.imports(library[0]) or look.imports(library[0].rpartition(".")[0])]
    if not wanted:
        return
    uses: dict[str, list[tuple[str, Placed, int]]] = {}
    for use in _uses(look):
        uses.setdefault(_head(use[0]), []).append(use)
    for module, kind, label, members in wanted:
        for origin, place, function in uses.get(_head(module), ()):
            if _under(origin, module) and (not members or last(origin) in members):
                keep(kept, look, kind, place, label, function)
                break


def _uses(look: Look) -> list[tuple[str, Placed, int]]:
    """Calls, arguments, decorators and bases with the full names behind them, in source order."""
    found: list[tuple[str, Placed, int]] = []
    for call in look.module.calls:
        found.append((_behind(look, call), call, call.function))
        given = inside(*call.args) if call.last == "register" else call.args
        found += [(look.origin(dotted(arg)), call, call.function) for arg in given if dotted(arg)]
    for item in look.module.assignments:
        if isinstance(item.value, Items):
            listed = (dotted(part) for part in inside(item.value) if isinstance(part, Name))
            found += [(look.origin(name), item, item.function) for name in listed]
    for owner in look.module.classes:
        found += [(base, owner, -1) for base in bases_of(look, owner)]
    found += [
        (look.origin(name), item, -1) for mark, name, item in decorators(look.module) if not isinstance(mark, Call)
    ]
    return sorted(found, key=lambda use: use[1].line)


def _behind(look: Look, call: Call) -> str:
    """The full name of what is called; of a method that of the class its object was made of."""
    head, _, method = call.name.partition(".")
    if not method or look.is_imported(head):
        return look.origin(call.name)
    value = look.value(Name(head, call.line), call.function)
    made = dotted(value.callee) if isinstance(value, Call) else ""
    return f"{look.origin(made)}.{last(method)}" if made else call.name


def _head(name: str) -> str:
    """What a full name begins with: uses are looked up by it."""
    return name.partition(".")[0].partition("/")[0]


def _under(origin: str, module: str) -> bool:
    return origin == module or origin.startswith((f"{module}.", f"{module}/"))


LIBRARIES_PYTHON = Reader(name="libraries (Python)", languages=PYTHON, read=read_python)
LIBRARIES_ECMA = Reader(name="libraries (JavaScript)", languages=ECMA, read=read_ecma)
