"""Calls, attributes, types and base classes of .NET that are a sign by themselves."""

from __future__ import annotations

from reviewer.gather.look import Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import keep
from reviewer.gather.signs.dotnet._csharp import CSHARP, attributes, base_names, types
from reviewer.gather.syntax import Function, Module
from reviewer.model.facts.code import SignKind

Meaning = tuple[SignKind, str]


def _all(kind: SignKind, detail: str, names: str) -> dict[str, Meaning]:
    return dict.fromkeys(words(names), (kind, detail))


CALLS: dict[str, Meaning] = {
    **_all(SignKind.RATE_LIMIT, "ASP.NET Core rate limiter", "AddRateLimiter UseRateLimiter RequireRateLimiting"),
    **_all(
        SignKind.RATE_LIMIT, "AspNetCoreRateLimit", "AddInMemoryRateLimiting UseIpRateLimiting UseClientRateLimiting"
    ),
    **_all(SignKind.SPEC_GENERATOR, "Swashbuckle", "AddSwaggerGen EnableSwagger"),
    **_all(SignKind.SPEC_GENERATOR, "NSwag", "AddOpenApiDocument AddSwaggerDocument SwaggerDocument"),
    **_all(SignKind.SPEC_GENERATOR, "FastEndpoints.Swagger", "AddSwaggerDoc UseSwaggerGen"),
    **_all(SignKind.SPEC_GENERATOR, "Microsoft.AspNetCore.OpenApi", "AddOpenApi MapOpenApi"),
    **_all(SignKind.SECURITY_HEADERS, "HSTS", "UseHsts"),
    **_all(SignKind.SECURITY_HEADERS, "security headers", "UseSecurityHeaders UseXfo UseXContentTypeOptions UseCsp"),
    **_all(SignKind.SECURITY_HEADERS, "security headers", "UseReferrerPolicy UseXXssProtection UseXDownloadOptions"),
    **_all(SignKind.JOB, "hosted service", "AddHostedService"),
    **_all(SignKind.JOB, "Hangfire", "AddHangfire AddHangfireServer UseHangfireServer"),
    **_all(SignKind.JOB, "Quartz", "AddQuartz AddQuartzHostedService"),
    **_all(SignKind.JOB, "MassTransit", "AddMassTransit"),
    **_all(SignKind.JOB, "Coravel", "AddScheduler AddQueue"),
    **_all(SignKind.CACHE, "memory cache", "AddMemoryCache"),
    **_all(SignKind.CACHE, "distributed cache", "AddDistributedMemoryCache AddStackExchangeRedisCache AddHybridCache"),
    **_all(
        SignKind.CACHE, "output cache", "AddOutputCache UseOutputCache CacheOutput AddStackExchangeRedisOutputCache"
    ),
    **_all(SignKind.CACHE, "response cache", "AddResponseCaching UseResponseCaching"),
    **_all(SignKind.METRICS, "OpenTelemetry", "AddOpenTelemetry AddOpenTelemetryMetrics AddOpenTelemetryTracing"),
    **_all(
        SignKind.METRICS,
        "Prometheus",
        "UseHttpMetrics MapMetrics UseMetricServer UseOpenTelemetryPrometheusScrapingEndpoint",
    ),
    **_all(
        SignKind.METRICS,
        "Application Insights",
        "AddApplicationInsightsTelemetry AddApplicationInsightsTelemetryWorkerService",
    ),
    **_all(SignKind.METRICS, "Azure Monitor", "UseAzureMonitor"),
    **_all(SignKind.METRICS, "Sentry", "UseSentry AddSentry"),
    **_all(SignKind.METRICS, "Elastic APM", "UseElasticApm UseAllElasticApm AddElasticApm AddAllElasticApm"),
    **_all(SignKind.METRICS, "MiniProfiler", "AddMiniProfiler"),
    **_all(SignKind.HEALTH, "health checks", "AddHealthChecks"),
    **_all(SignKind.ERROR_HANDLER, "UseExceptionHandler", "UseExceptionHandler"),
    **_all(SignKind.ERROR_HANDLER, "IExceptionHandler", "AddExceptionHandler"),
    **_all(SignKind.ERROR_HANDLER, "error filter", "AddErrorFilter"),
    **_all(SignKind.ERROR_HANDLER, "problem details", "AddProblemDetails UseProblemDetails"),
    **_all(SignKind.VALIDATION, "FluentValidation", "AddFluentValidation AddFluentValidationAutoValidation"),
    **_all(SignKind.VALIDATION, "FluentValidation", "AddValidatorsFromAssembly AddValidatorsFromAssemblyContaining"),
    **_all(SignKind.VALIDATION, "parameter validation", "WithParameterValidation AddValidation"),
    **_all(SignKind.GRACEFUL_STOP, "console lifetime", "UseConsoleLifetime"),
}
NAMED_CALLS: dict[str, Meaning] = {
    "RecurringJob.AddOrUpdate": (SignKind.JOB, "Hangfire"),
    "BackgroundJob.Enqueue": (SignKind.JOB, "Hangfire"),
    "BackgroundJob.Schedule": (SignKind.JOB, "Hangfire"),
    "AuthorizationService.AuthorizeAsync": (SignKind.OWNER_CHECK, "AuthorizeAsync"),
}
ATTRIBUTES: dict[str, Meaning] = {
    **_all(SignKind.RATE_LIMIT, "ASP.NET Core rate limiter", "EnableRateLimiting"),
    **_all(SignKind.BODY_LIMIT, "RequestSizeLimit", "RequestSizeLimit"),
    **_all(SignKind.BODY_LIMIT, "RequestFormLimits", "RequestFormLimits"),
    **_all(SignKind.SPEC_GENERATOR, "the OpenAPI extension of Azure Functions", "OpenApiOperation"),
    **_all(SignKind.CACHE, "output cache", "OutputCache"),
    **_all(SignKind.CACHE, "response cache", "ResponseCache"),
}
BASES: dict[str, Meaning] = {
    **_all(SignKind.JOB, "hosted service", "BackgroundService IHostedService"),
    **_all(SignKind.JOB, "Quartz", "IJob"),
    **_all(SignKind.JOB, "message consumer", "IConsumer IHandleMessages"),
    **_all(SignKind.JOB, "Coravel", "IInvocable"),
    **_all(
        SignKind.ERROR_HANDLER, "exception filter", "IExceptionFilter IAsyncExceptionFilter ExceptionFilterAttribute"
    ),
    **_all(SignKind.ERROR_HANDLER, "exception handler", "IExceptionHandler"),
    **_all(SignKind.ERROR_HANDLER, "error filter", "IErrorFilter"),
    **_all(SignKind.HEALTH, "health check", "IHealthCheck"),
    **_all(SignKind.VALIDATION, "FluentValidation", "AbstractValidator Validator"),
}
TYPES: dict[str, Meaning] = {
    **_all(SignKind.CACHE, "memory cache", "IMemoryCache"),
    **_all(SignKind.CACHE, "distributed cache", "IDistributedCache HybridCache IFusionCache"),
    **_all(SignKind.GRACEFUL_STOP, "application lifetime", "IHostApplicationLifetime IApplicationLifetime"),
    **_all(SignKind.JOB, "Azure Service Bus", "ServiceBusProcessor ServiceBusSender"),
    **_all(SignKind.JOB, "MassTransit", "IPublishEndpoint IBus"),
}
MODULES: dict[str, Meaning] = {
    "RabbitMQ.Client": (SignKind.JOB, "RabbitMQ"),
    "Confluent.Kafka": (SignKind.JOB, "Kafka"),
    "Prometheus": (SignKind.METRICS, "Prometheus"),
}
"""Namespaces whose use is the sign, at the first thing that is made or asked of them."""
MADE = words("ConnectionFactory ProducerBuilder ConsumerBuilder CreateModel CreateCounter CreateHistogram CreateGauge")


def read(module: Module, kept: Kept) -> None:
    """Keeps each sign at every place but for types, which are told once per file."""
    look = look_at(module)
    for call in module.calls:
        found = CALLS.get(call.last) or NAMED_CALLS.get(".".join(call.name.split(".")[-2:]).lstrip("_"))
        if found:
            keep(kept, look, found[0], call, found[1])
    for _, name, item in attributes(look):
        if name in ATTRIBUTES:
            index = item.index if isinstance(item, Function) else -1
            keep(kept, look, ATTRIBUTES[name][0], item, ATTRIBUTES[name][1], index)
    for owner in module.classes:
        for name in base_names(owner):
            if name in BASES:
                keep(kept, look, BASES[name][0], owner, BASES[name][1], -1)
    _types(look, kept)
    _modules(look, kept)


def _types(look: Look, kept: Kept) -> None:
    told: set[str] = set()
    for name, place in types(look):
        if name in TYPES and name not in told:
            told.add(name)
            keep(kept, look, TYPES[name][0], place, TYPES[name][1])


def _modules(look: Look, kept: Kept) -> None:
    imported = {item.module for item in look.module.imports}
    for namespace, (kind, detail) in MODULES.items():
        made = next((call for call in look.module.calls if call.last in MADE), None) if namespace in imported else None
        if made is not None:
            keep(kept, look, kind, made, detail)


LIBRARIES_DOTNET = Reader(name="libraries (C#)", languages=CSHARP, read=read)
