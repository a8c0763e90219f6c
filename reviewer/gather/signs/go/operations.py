"""Running a service: stopping gracefully, health, metrics, background work, caches, rate limits, described APIs."""

from __future__ import annotations

import re

from reviewer.gather.frameworks.go._dialects import bare_module
from reviewer.gather.look import Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import keep
from reviewer.gather.signs.go._go import GO
from reviewer.gather.syntax import Call, Module, Number, dotted
from reviewer.model.facts.code import Sign, SignKind

Library = tuple[str, SignKind, str, frozenset[str]]
"""A package, what its use is a sign of, how the sign is called, and the calls that count (empty: any)."""
LIBRARIES: tuple[Library, ...] = (
    ("github.com/prometheus/client_golang", SignKind.METRICS, "Prometheus", frozenset()),
    ("github.com/zsais/go-gin-prometheus", SignKind.METRICS, "Prometheus", frozenset()),
    ("github.com/labstack/echo-contrib/prometheus", SignKind.METRICS, "Prometheus", frozenset()),
    ("github.com/ansrivas/fiberprometheus", SignKind.METRICS, "Prometheus", frozenset()),
    ("github.com/penglongli/gin-metrics", SignKind.METRICS, "Prometheus", frozenset()),
    ("go.opentelemetry.io", SignKind.METRICS, "OpenTelemetry", frozenset()),
    ("github.com/getsentry/sentry-go", SignKind.METRICS, "Sentry", words("Init New")),
    ("gopkg.in/DataDog/dd-trace-go", SignKind.METRICS, "Datadog", frozenset()),
    ("github.com/newrelic/go-agent", SignKind.METRICS, "New Relic", frozenset()),
    (
        "github.com/hibiken/asynq",
        SignKind.JOB,
        "Asynq",
        words("NewClient NewServer NewTask NewServeMux NewScheduler EnqueueContext"),
    ),
    ("github.com/robfig/cron", SignKind.JOB, "cron", words("New AddFunc AddJob")),
    ("github.com/go-co-op/gocron", SignKind.JOB, "gocron", frozenset()),
    ("github.com/RichardKnop/machinery", SignKind.JOB, "machinery", frozenset()),
    ("github.com/gocraft/work", SignKind.JOB, "gocraft/work", frozenset()),
    ("github.com/riverqueue/river", SignKind.JOB, "River", frozenset()),
    ("github.com/rabbitmq/amqp091-go", SignKind.JOB, "RabbitMQ", words("Dial DialConfig")),
    ("github.com/streadway/amqp", SignKind.JOB, "RabbitMQ", words("Dial DialConfig")),
    ("github.com/segmentio/kafka-go", SignKind.JOB, "Kafka", frozenset()),
    ("github.com/IBM/sarama", SignKind.JOB, "Kafka", frozenset()),
    ("github.com/Shopify/sarama", SignKind.JOB, "Kafka", frozenset()),
    ("github.com/confluentinc/confluent-kafka-go", SignKind.JOB, "Kafka", frozenset()),
    ("github.com/nats-io/nats.go", SignKind.JOB, "NATS", words("Connect")),
    ("github.com/patrickmn/go-cache", SignKind.CACHE, "go-cache", words("New")),
    ("github.com/allegro/bigcache", SignKind.CACHE, "BigCache", frozenset()),
    ("github.com/dgraph-io/ristretto", SignKind.CACHE, "Ristretto", frozenset()),
    ("github.com/hashicorp/golang-lru", SignKind.CACHE, "golang-lru", frozenset()),
    ("github.com/coocood/freecache", SignKind.CACHE, "freecache", frozenset()),
    ("github.com/gofiber/fiber/middleware/cache", SignKind.CACHE, "Fiber cache", words("New")),
    ("github.com/eko/gocache", SignKind.CACHE, "gocache", frozenset()),
    ("golang.org/x/time/rate", SignKind.RATE_LIMIT, "x/time/rate", words("NewLimiter Limiter")),
    ("github.com/ulule/limiter", SignKind.RATE_LIMIT, "ulule/limiter", frozenset()),
    ("github.com/didip/tollbooth", SignKind.RATE_LIMIT, "tollbooth", frozenset()),
    ("github.com/go-chi/httprate", SignKind.RATE_LIMIT, "httprate", frozenset()),
    ("github.com/gofiber/fiber/middleware/limiter", SignKind.RATE_LIMIT, "Fiber limiter", words("New")),
    ("github.com/alibaba/sentinel-golang", SignKind.RATE_LIMIT, "Sentinel", frozenset()),
    ("github.com/juju/ratelimit", SignKind.RATE_LIMIT, "juju/ratelimit", frozenset()),
    ("github.com/go-redis/redis_rate", SignKind.RATE_LIMIT, "redis_rate", frozenset()),
    ("go.uber.org/ratelimit", SignKind.RATE_LIMIT, "uber ratelimit", frozenset()),
    ("github.com/JGLTechnologies/gin-rate-limit", SignKind.RATE_LIMIT, "gin-rate-limit", frozenset()),
    ("github.com/swaggo/gin-swagger", SignKind.SPEC_GENERATOR, "swaggo", frozenset()),
    ("github.com/swaggo/echo-swagger", SignKind.SPEC_GENERATOR, "swaggo", frozenset()),
    ("github.com/swaggo/http-swagger", SignKind.SPEC_GENERATOR, "swaggo", frozenset()),
    ("github.com/swaggo/fiber-swagger", SignKind.SPEC_GENERATOR, "swaggo", frozenset()),
    ("github.com/gofiber/swagger", SignKind.SPEC_GENERATOR, "swaggo", frozenset()),
    ("github.com/arsmn/fiber-swagger", SignKind.SPEC_GENERATOR, "swaggo", frozenset()),
    ("github.com/emicklei/go-restful-openapi", SignKind.SPEC_GENERATOR, "go-restful", frozenset()),
    ("github.com/emicklei/go-restful-swagger12", SignKind.SPEC_GENERATOR, "go-restful", frozenset()),
    ("github.com/danielgtaylor/huma", SignKind.SPEC_GENERATOR, "Huma", words("NewAPI New DefaultConfig")),
    ("github.com/swaggest/openapi-go", SignKind.SPEC_GENERATOR, "swaggest/openapi-go", frozenset()),
    ("github.com/go-openapi/runtime/middleware", SignKind.SPEC_GENERATOR, "go-openapi", words("SwaggerUI Redoc")),
    ("github.com/heptiolabs/healthcheck", SignKind.HEALTH, "healthcheck", frozenset()),
    ("github.com/alexliesenfeld/health", SignKind.HEALTH, "health", frozenset()),
    ("github.com/hellofresh/health-go", SignKind.HEALTH, "health-go", frozenset()),
    ("google.golang.org/grpc/health", SignKind.HEALTH, "gRPC health", words("NewServer RegisterHealthServer")),
    ("github.com/gofiber/fiber/middleware/healthcheck", SignKind.HEALTH, "Fiber healthcheck", words("New")),
    ("github.com/unrolled/secure", SignKind.SECURITY_HEADERS, "unrolled/secure", words("New")),
    ("github.com/gin-contrib/secure", SignKind.SECURITY_HEADERS, "gin-contrib/secure", words("New")),
    ("github.com/gofiber/helmet", SignKind.SECURITY_HEADERS, "Fiber helmet", words("New")),
    ("github.com/gofiber/fiber/middleware/helmet", SignKind.SECURITY_HEADERS, "Fiber helmet", words("New")),
    ("github.com/throttled/throttled", SignKind.RATE_LIMIT, "throttled", frozenset()),
    ("github.com/sony/gobreaker", SignKind.METRICS, "", frozenset()),
)
STOPPING = words("Shutdown GracefulStop ShutdownWithContext ShutdownWithTimeout")
MIDDLEWARE = {
    "middleware.RateLimiter": (SignKind.RATE_LIMIT, "Echo RateLimiter"),
    "middleware.RateLimiterWithConfig": (SignKind.RATE_LIMIT, "Echo RateLimiter"),
    "middleware.Throttle": (SignKind.RATE_LIMIT, "chi Throttle"),
    "middleware.Heartbeat": (SignKind.HEALTH, "chi Heartbeat"),
}
SWAGGO = re.compile(r"^[ \t]*(?://[ \t]*)?@(?:Router|Summary)\b", re.MULTILINE)
EXPIRING = words("Set SetEX SetEx SetNX Expire")
RATE_NAME = re.compile(r"rate_?limit|throttl", re.IGNORECASE)


def read(module: Module, kept: Kept) -> None:
    """Libraries by their first use, shutdown on signals, Redis entries that expire, swaggo's comments."""
    look = look_at(module)
    packages = {item.alias: bare_module(item.module) for item in module.imports}
    _libraries(look, kept, packages)
    _stop(look, kept)
    redis = any("redis" in item for item in packages.values())
    for call in module.calls:
        known = MIDDLEWARE.get(call.name)
        if known:
            keep(kept, look, known[0], call, known[1])
        elif redis and call.last in EXPIRING and len(call.args) > 3 and not _endless(call):
            keep(kept, look, SignKind.CACHE, call, "Redis with expiry")
    for function in module.functions:
        if RATE_NAME.search(function.name) and ("Handler" in function.returns or "Middleware" in function.returns):
            keep(kept, look, SignKind.RATE_LIMIT, function, function.name, function.index)
    first = next(
        (item for item in module.functions if item.doc and SWAGGO.search(item.doc[:4000]) and "@Router" in item.doc),
        None,
    )
    if first is not None:
        keep(kept, look, SignKind.SPEC_GENERATOR, first, "swaggo", first.index)


def _endless(call: Call) -> bool:
    """``rdb.Set(ctx, key, value, 0)`` never expires."""
    last = call.args[-1]
    return isinstance(last, Number) and last.text == "0"


def _libraries(look: Look, kept: Kept, packages: dict[str, str]) -> None:
    wanted = [item for item in LIBRARIES if item[2] and any(_under(name, item[0]) for name in packages.values())]
    for package, kind, label, members in wanted:
        for call in look.module.calls:
            name = packages.get(call.name.partition(".")[0], "")
            behind = name or packages.get(dotted(call.args[0]).partition(".")[0] if call.args else "", "")
            if _under(behind, package) and (not members or call.last in members or not name):
                keep(kept, look, kind, call, label)
                break
        else:
            blank = next(
                (
                    item
                    for item in look.module.imports
                    if item.alias == "_" and _under(bare_module(item.module), package)
                ),
                None,
            )
            if blank is not None and not members:
                kept.signs.append(Sign(kind=kind, line=blank.line, end_line=blank.line, detail=label))


def _under(name: str, package: str) -> bool:
    return name == package or name.startswith(f"{package}/")


def _stop(look: Look, kept: Kept) -> None:
    """A signal that is waited for, and a server that is shut down."""
    for call in look.module.calls:
        if call.name in ("signal.Notify", "signal.NotifyContext"):
            named = [dotted(arg).rpartition(".")[2] for arg in call.args]
            found = [name for name in named if name in ("SIGTERM", "SIGINT", "Interrupt")]
            keep(kept, look, SignKind.GRACEFUL_STOP, call, found[-1] if found else "signal")
        elif call.last in STOPPING and "." in call.name and _is_server(call):
            keep(kept, look, SignKind.GRACEFUL_STOP, call, call.name)


def _is_server(call: Call) -> bool:
    head = call.name.rpartition(".")[0].rpartition(".")[2].lower()
    return any(word in head for word in ("srv", "server", "app", "http", "echo", "grpc")) or head in ("s", "e", "h")


OPERATIONS_GO = Reader(name="operations (Go)", languages=GO, read=read)
