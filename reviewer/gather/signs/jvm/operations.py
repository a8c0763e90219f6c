"""Running a service in Java and Kotlin: background work, caches, metrics, health, API descriptions, stopping."""

from __future__ import annotations

from reviewer.gather.frameworks.jvm._annotations import name_of
from reviewer.gather.look import Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import Placed, keep
from reviewer.gather.signs.jvm._jvm import JVM
from reviewer.gather.syntax import Call, Module, dotted
from reviewer.model.facts.code import SignKind

OPENAPI = ("io.swagger.v3", "org.eclipse.microprofile.openapi")
ANNOTATIONS: dict[str, tuple[SignKind, str, tuple[str, ...]]] = {
    "Scheduled": (SignKind.JOB, "@Scheduled", ("org.springframework", "io.quarkus", "io.micronaut")),
    "Schedules": (SignKind.JOB, "@Scheduled", ("org.springframework",)),
    "Async": (SignKind.JOB, "@Async", ("org.springframework", "io.micronaut")),
    "KafkaListener": (SignKind.JOB, "Kafka", ("org.springframework.kafka", "io.micronaut")),
    "RabbitListener": (SignKind.JOB, "RabbitMQ", ("org.springframework.amqp", "io.micronaut")),
    "JmsListener": (SignKind.JOB, "JMS", ("org.springframework.jms", "io.micronaut")),
    "SqsListener": (SignKind.JOB, "SQS", ("io.awspring", "org.springframework.cloud")),
    "StreamListener": (SignKind.JOB, "Spring Cloud Stream", ("org.springframework.cloud",)),
    "Incoming": (SignKind.JOB, "Reactive Messaging", ("org.eclipse.microprofile.reactive",)),
    "XxlJob": (SignKind.JOB, "XXL-JOB", ("com.xxl",)),
    "Cacheable": (SignKind.CACHE, "@Cacheable", ("org.springframework.cache", "io.micronaut.cache")),
    "CacheResult": (SignKind.CACHE, "@CacheResult", ("io.quarkus.cache", "javax.cache", "jakarta.cache")),
    "CachePut": (SignKind.CACHE, "@CachePut", ("org.springframework.cache", "io.micronaut.cache")),
    "Timed": (SignKind.METRICS, "Micrometer", ("io.micrometer", "org.eclipse.microprofile.metrics")),
    "Counted": (SignKind.METRICS, "Micrometer", ("io.micrometer", "org.eclipse.microprofile.metrics")),
    "Observed": (SignKind.METRICS, "Micrometer", ("io.micrometer",)),
    "Liveness": (SignKind.HEALTH, "MicroProfile Health", ("org.eclipse.microprofile.health",)),
    "Readiness": (SignKind.HEALTH, "MicroProfile Health", ("org.eclipse.microprofile.health",)),
    "PreDestroy": (SignKind.GRACEFUL_STOP, "@PreDestroy", ("jakarta.annotation", "javax.annotation")),
    "OpenAPIDefinition": (SignKind.SPEC_GENERATOR, "OpenAPI annotations", OPENAPI),
    "Operation": (SignKind.SPEC_GENERATOR, "OpenAPI annotations", OPENAPI),
    "Tag": (SignKind.SPEC_GENERATOR, "OpenAPI annotations", OPENAPI),
    "ApiOperation": (SignKind.SPEC_GENERATOR, "Swagger annotations", ("io.swagger",)),
    "Api": (SignKind.SPEC_GENERATOR, "Swagger annotations", ("io.swagger",)),
    "EnableSwagger2": (SignKind.SPEC_GENERATOR, "springfox", ("springfox",)),
    "EnableOpenApi": (SignKind.SPEC_GENERATOR, "springfox", ("springfox",)),
    "OpenApi": (SignKind.SPEC_GENERATOR, "Javalin OpenAPI", ("io.javalin",)),
}  # fmt: skip
"""Annotations by name: the sign, what is said of it, and where they may come from."""
CALLS: dict[str, tuple[SignKind, str, tuple[str, ...]]] = {
    "Docket": (SignKind.SPEC_GENERATOR, "springfox", ("springfox",)),
    "OpenAPI": (SignKind.SPEC_GENERATOR, "springdoc", ("io.swagger.v3.oas.models",)),
    "GroupedOpenApi.builder": (SignKind.SPEC_GENERATOR, "springdoc", ("org.springdoc",)),
    "Caffeine.newBuilder": (SignKind.CACHE, "Caffeine", ("com.github.benmanes.caffeine",)),
    "CacheBuilder.newBuilder": (SignKind.CACHE, "Guava cache", ("com.google.common.cache",)),
    "RedisCacheManager.builder": (SignKind.CACHE, "Redis", ("org.springframework.data.redis",)),
    "RedisCacheConfiguration.defaultCacheConfig": (SignKind.CACHE, "Redis", ("org.springframework.data.redis",)),
    "JobBuilder.newJob": (SignKind.JOB, "Quartz", ("org.quartz",)),
    "JobBuilder": (SignKind.JOB, "Spring Batch", ("org.springframework.batch",)),
    "BackgroundJob.enqueue": (SignKind.JOB, "JobRunr", ("org.jobrunr",)),
    "Executors.newScheduledThreadPool": (SignKind.JOB, "ScheduledExecutorService", ("java.util.concurrent",)),
    "Executors.newSingleThreadScheduledExecutor": (SignKind.JOB, "ScheduledExecutorService", ("java.util.concurrent",)),
    "Sentry.init": (SignKind.METRICS, "Sentry", ("io.sentry",)),
    "GlobalOpenTelemetry.getTracer": (SignKind.METRICS, "OpenTelemetry", ("io.opentelemetry",)),
}
TYPES: dict[str, tuple[SignKind, str]] = {
    "MeterRegistry": (SignKind.METRICS, "Micrometer"),
    "KafkaTemplate": (SignKind.JOB, "Kafka"),
    "RabbitTemplate": (SignKind.JOB, "RabbitMQ"),
    "JmsTemplate": (SignKind.JOB, "JMS"),
    "TaskExecutor": (SignKind.JOB, "TaskExecutor"),
    "ThreadPoolTaskExecutor": (SignKind.JOB, "TaskExecutor"),
}
"""Types of fields and parameters."""
BASES: dict[str, tuple[SignKind, str]] = {
    "HealthIndicator": (SignKind.HEALTH, "HealthIndicator"),
    "AbstractHealthIndicator": (SignKind.HEALTH, "HealthIndicator"),
    "ReactiveHealthIndicator": (SignKind.HEALTH, "HealthIndicator"),
    "HealthCheck": (SignKind.HEALTH, "MicroProfile Health"),
    "QuartzJobBean": (SignKind.JOB, "Quartz"),
}
STOPS = words("addShutdownHook")
REDIS = ("org.springframework.data.redis", "redis.clients.jedis", "io.lettuce", "org.redisson")
EXPIRING = words("setex psetex expire")


def read(module: Module, kept: Kept) -> None:
    """Annotations, calls, types and bases by their tables, each label once in a file."""
    _Reading(look_at(module), kept).run()


class _Reading:
    """Keeps each label once."""

    def __init__(self, look: Look, kept: Kept) -> None:
        self.look, self.kept = look, kept
        self.told: set[tuple[SignKind, str]] = set()

    def run(self) -> None:
        """Everything of the module."""
        module = self.look.module
        for function in module.functions:
            for decorator in function.decorators:
                self._annotation(name_of(decorator), function, function.index)
            for parameter in function.parameters:
                self._type(parameter.type, function, function.index)
        for owner in module.classes:
            for decorator in owner.decorators:
                self._annotation(name_of(decorator), owner, -1)
            for base in owner.bases:
                name = dotted(base.callee if isinstance(base, Call) else base).rpartition(".")[2]
                if name in BASES:
                    self.add(*BASES[name], owner, -1)
        for item in module.assignments:
            self._type(item.type, item, item.function)
        redis = self.look.imports(*REDIS)
        for call in module.calls:
            self._call(call, redis)

    def add(self, kind: SignKind, label: str, at: Placed, function: int) -> None:
        """Keeps a sign, unless the file showed it before."""
        if (kind, label) not in self.told:
            self.told.add((kind, label))
            keep(self.kept, self.look, kind, at, label, function)

    def _annotation(self, name: str, at: Placed, function: int) -> None:
        found = ANNOTATIONS.get(name)
        if found is not None and self.look.imports(*found[2]):
            self.add(found[0], found[1], at, function)

    def _type(self, name: str, at: Placed, function: int) -> None:
        found = TYPES.get(name.partition("<")[0].rstrip("?"))
        if found is not None:
            self.add(*found, at, function)

    def _call(self, call: Call, redis: bool) -> None:
        found = CALLS.get(call.name)
        if found is not None and self.look.imports(*found[2]):
            self.add(found[0], found[1], call, call.function)
        elif call.last in STOPS:
            self.add(SignKind.GRACEFUL_STOP, "shutdown hook", call, call.function)
        elif redis and _expires(call):
            self.add(SignKind.CACHE, "Redis with expiry", call, call.function)


def _expires(call: Call) -> bool:
    """``redis.opsForValue().set(key, value, timeout, unit)``, ``jedis.setex(...)``."""
    return call.last in EXPIRING or (call.last == "set" and len(call.args) > 2)


OPERATIONS_JVM = Reader(name="operations (Java, Kotlin)", languages=JVM, read=read)
