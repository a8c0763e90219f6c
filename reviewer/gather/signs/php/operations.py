"""Running a service in PHP: background work, caches, metrics, health, stopping gracefully; libraries that say so."""

from __future__ import annotations

from reviewer.gather.expressions import last
from reviewer.gather.look import Look, decorators, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import bases_of, keep
from reviewer.gather.signs.php._php import PHP
from reviewer.gather.syntax import Call, Module, dotted
from reviewer.model.facts.code import SignKind

JOB_BASES = {"ShouldQueue": "Laravel queue", "MessageHandlerInterface": "Messenger", "BaseJob": "queue"}
JOB_MARKS = {"AsMessageHandler": "Messenger", "AsCronTask": "Scheduler", "AsPeriodicTask": "Scheduler"}
JOB_CALLS = {
    "wp_schedule_event": "WP-Cron",
    "wp_schedule_single_event": "WP-Cron",
    "as_schedule_recurring_action": "Action Scheduler",
    "Queue.push": "Laravel queue",
    "Queue.later": "Laravel queue",
    "Bus.dispatch": "Laravel queue",
    "Bus.chain": "Laravel queue",
    "dispatch": "Laravel queue",
}
JOB_IMPORTS = {
    "PhpAmqpLib": "RabbitMQ",
    "Pheanstalk": "Beanstalkd",
    "Enqueue": "Enqueue",
    "Resque": "Resque",
    "Symfony.Component.Scheduler": "Scheduler",
    "Bernard": "Bernard",
    "RdKafka": "Kafka",
}
CACHE_METHODS = words("remember rememberForever put forever sear flexible get add")
CACHE_FUNCTIONS = words("apcu_store apcu_fetch apc_store wp_cache_set set_transient cache_set opcache_compile_file")
CACHE_IMPORTS = (
    "Symfony.Contracts.Cache",
    "Symfony.Component.Cache",
    "Psr.SimpleCache",
    "Psr.Cache",
    "Doctrine.Common.Cache",
    "Phpfastcache",
)
EXPIRING = words("setex psetex expire setEx")
METRICS = {
    "Sentry": "Sentry",
    "Prometheus": "Prometheus",
    "OpenTelemetry": "OpenTelemetry",
    "DDTrace": "Datadog",
    "Elastic.Apm": "Elastic APM",
    "Bugsnag": "Bugsnag",
}
SPECS = {
    "OpenApi": "swagger-php",
    "Swagger.Annotations": "swagger-php",
    "Nelmio.ApiDocBundle": "NelmioApiDocBundle",
    "L5Swagger": "L5-Swagger",
    "ApiPlatform": "API Platform",
    "Knuckles.Scribe": "Scribe",
    "Dedoc.Scramble": "Scramble",
}
HEADERS = {
    "Bepsvpt.SecureHeaders": "secure-headers",
    "Spatie.Csp": "laravel-csp",
    "Nelmio.SecurityBundle": "NelmioSecurityBundle",
}
RATE = {"Symfony.Component.RateLimiter": "Symfony RateLimiter", "LosMiddleware.RateLimit": "LosRateLimit"}
HEALTH = {"Spatie.Health": "laravel-health", "Laminas.Diagnostics": "Laminas Diagnostics"}
STOPPING = words("SIGTERM SIGINT")
BY_IMPORT = (
    (JOB_IMPORTS, SignKind.JOB),
    (METRICS, SignKind.METRICS),
    (SPECS, SignKind.SPEC_GENERATOR),
    (HEADERS, SignKind.SECURITY_HEADERS),
    (RATE, SignKind.RATE_LIMIT),
    (HEALTH, SignKind.HEALTH),
)


def read(module: Module, kept: Kept) -> None:
    """Jobs, caches, signals and libraries."""
    look = look_at(module)
    _imports(look, kept)
    for owner in module.classes:
        for base in bases_of(look, owner):
            if last(base) in JOB_BASES:
                keep(kept, look, SignKind.JOB, owner, JOB_BASES[last(base)], -1)
    for _, name, item in decorators(module):
        if last(name) in JOB_MARKS:
            keep(kept, look, SignKind.JOB, item, JOB_MARKS[last(name)], -1)
        elif name.startswith(("OA.", "SWG.")) and not look.imports("OpenApi", "Swagger"):
            keep(kept, look, SignKind.SPEC_GENERATOR, item, "swagger-php", -1)
            break
    for call in module.calls:
        _call(look, kept, call)


def _imports(look: Look, kept: Kept) -> None:
    for table, kind in BY_IMPORT:
        for module, name in table.items():
            if look.imports(module) or any(item.module == "" and item.alias == module for item in look.module.imports):
                place = next(item for item in look.module.imports if f"{item.module}.{item.name}".startswith(module))
                keep(kept, look, kind, place, name, -1)


def _call(look: Look, kept: Kept, call: Call) -> None:
    name, full = call.last, call.name
    if full in JOB_CALLS and (full != "dispatch" or look.imports("App.Jobs", "Illuminate")):
        keep(kept, look, SignKind.JOB, call, JOB_CALLS[full])
    elif name in ("dispatch", "dispatchSync", "dispatchAfterResponse") and "App.Jobs" in look.origin(full):
        keep(kept, look, SignKind.JOB, call, "Laravel queue")
    elif name in ("command", "job", "call") and last(full.rpartition(".")[0]).lower() == "schedule":
        keep(kept, look, SignKind.JOB, call, "Laravel scheduler")
    elif name == "dispatch" and look.imports("Symfony.Component.Messenger"):
        keep(kept, look, SignKind.JOB, call, "Messenger")
    elif full == "pcntl_signal" and call.args and dotted(call.args[0]) in STOPPING:
        keep(kept, look, SignKind.GRACEFUL_STOP, call, dotted(call.args[0]))
    elif full.startswith("newrelic_"):
        keep(kept, look, SignKind.METRICS, call, "New Relic")
    elif detail := _cache(look, call):
        keep(kept, look, SignKind.CACHE, call, detail)


def _cache(look: Look, call: Call) -> str:
    name, holder = call.last, call.name.rpartition(".")[0]
    inner = getattr(call.callee, "value", None)
    if call.name in CACHE_FUNCTIONS:
        return call.name
    if name in CACHE_METHODS and (last(holder) == "Cache" or (isinstance(inner, Call) and inner.name == "cache")):
        return "Laravel cache" if name != "get" or len(call.args) else ""
    if (
        name in ("get", "getItem", "save", "set", "fetch")
        and look.imports(*CACHE_IMPORTS)
        and "cache" in holder.lower()
    ):
        return "PSR cache"
    if name in EXPIRING and "redis" in holder.lower():
        return "Redis with expiry"
    return ""


OPERATIONS_PHP = Reader(name="operations (PHP)", languages=PHP, read=read)
