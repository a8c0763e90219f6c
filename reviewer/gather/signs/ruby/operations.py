"""Running a service in Ruby: background work, caches, metrics, health, stopping."""

from __future__ import annotations

from reviewer.gather.look import look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import keep
from reviewer.gather.signs.ruby._ruby import RUBY, bases, block_of, is_declaration
from reviewer.gather.syntax import Call, Import, Module, dotted, plain
from reviewer.model.facts.code import SignKind

JOB_BASES = {
    "ApplicationJob": "Active Job",
    "ActiveJob.Base": "Active Job",
    "Sidekiq.Worker": "Sidekiq",
    "Sidekiq.Job": "Sidekiq",
    "Sidekiq.ServerMiddleware": "",
    "Resque.Job": "Resque",
    "Que.Job": "Que",
    "Shoryuken.Worker": "Shoryuken",
    "Sneakers.Worker": "Sneakers",
    "SuckerPunch.Job": "SuckerPunch",
    "Karafka.BaseConsumer": "Karafka",
    "Hutch.Consumer": "Hutch",
}
ENQUEUEING = {
    **dict.fromkeys(words("perform_later perform_async perform_in perform_bulk"), "queued"),
    "deliver_later": "Action Mailer",
    "Resque.enqueue": "Resque",
    "Delayed.Job.enqueue": "Delayed Job",
    "Rufus.Scheduler.new": "Rufus",
    "Rufus.Scheduler.singleton": "Rufus",
}
CACHES = words("Rails.cache.fetch Rails.cache.read Rails.cache.write Rails.cache.fetch_multi Rails.cache.read_multi")
CACHING = words("caches_action caches_page fresh_when stale? expires_in http_cache_forever")
METRICS = {
    "Prometheus.Client": "Prometheus",
    "PrometheusExporter": "Prometheus",
    "Yabeda": "Yabeda",
    "StatsD": "StatsD",
    "Datadog.configure": "Datadog",
    "Sentry.init": "Sentry",
    "Raven.configure": "Sentry",
    "NewRelic.Agent": "New Relic",
    "OpenTelemetry.SDK.configure": "OpenTelemetry",
    "Rollbar.configure": "Rollbar",
    "Bugsnag.configure": "Bugsnag",
    "Honeybadger.configure": "Honeybadger",
    "Skylight": "Skylight",
    "Appsignal": "AppSignal",
    "Airbrake.configure": "Airbrake",
}
SPECS = {
    "add_swagger_documentation": "grape-swagger",
    "Rswag.Api.configure": "rswag",
    "Rswag.Ui.configure": "rswag",
    "Apipie.configure": "Apipie",
    "Swagger.Docs.Config.register_apis": "swagger-docs",
}
SERVERS = words(
    "Rack.Server.start Rack.Handler.get.run Rackup.Server.start Rack.Handler.WEBrick.run Rack.Handler.Puma.run"
)
SINATRA_VERBS = words("get post put patch delete")
STOPPING = words("TERM INT SIGTERM SIGINT QUIT")
HEALTH_PATHS = words("/up /health /healthz /healthcheck /health_check /ping /status /livez /readyz up health healthz")


def read(module: Module, kept: Kept) -> None:
    """Each at the first place of a kind that shows it, jobs at each."""
    look = look_at(module)
    told: set[tuple[SignKind, str]] = set()
    for item in module.classes:
        name = next((JOB_BASES[base] for base in bases(item) if JOB_BASES.get(base)), "")
        if name:
            keep(kept, look, SignKind.JOB, item, name, -1)
    for call in module.calls:
        found = _sign(call, module)
        if found is not None and found not in told:
            told.add(found)
            keep(kept, look, found[0], call, found[1])
    if started := _start(module):
        keep(kept, look, SignKind.SERVER_START, *started, -1)


def _start(module: Module) -> tuple[Import | Call, str] | None:
    """``require "sinatra"`` and routes outside of classes, ``Shop.run!`` outside of methods, ``Rack::Server.start``."""
    if not any(word in module.text for word in ("run!", "sinatra", "Rack")):
        return None
    for call in module.calls:
        if call.name in SERVERS or (call.last == "run!" and "." in call.name and call.function == -1):
            return call, call.name
    required = next((item for item in module.imports if item.module == "sinatra"), None)
    if required is None:
        return None
    routes = (call for call in module.calls if call.name in SINATRA_VERBS and call.owner == -1 and call.function == -1)
    return (required, "sinatra") if any(call.args and block_of(call) is not None for call in routes) else None


def _sign(call: Call, module: Module) -> tuple[SignKind, str] | None:
    name = call.name
    if name in SPECS:
        return SignKind.SPEC_GENERATOR, SPECS[name]
    if name in ENQUEUEING or call.last in ENQUEUEING:
        return SignKind.JOB, ENQUEUEING.get(name) or ENQUEUEING[call.last]
    if name == "every" and block_of(call) is not None and call.args:
        return SignKind.JOB, "whenever"
    if name in CACHES or (name in CACHING and (call.args or call.keywords)):
        return SignKind.CACHE, name
    if name == "cache" and call.args and (block_of(call) is not None):
        return SignKind.CACHE, "fragment"
    if name in ("trap", "Signal.trap", "at_exit"):
        stops = name == "at_exit" or any((plain(arg) or "") in STOPPING for arg in call.args)
        return (SignKind.GRACEFUL_STOP, name) if stops and call.args else None
    return _by_start(call, module)


def _by_start(call: Call, module: Module) -> tuple[SignKind, str] | None:
    for start, label in METRICS.items():
        if call.name == start or call.name.startswith(f"{start}."):
            return SignKind.METRICS, label
    if call.name == "include" and any(dotted(arg) == "Swagger.Blocks" for arg in call.args) and is_declaration(call):
        return SignKind.SPEC_GENERATOR, "swagger-blocks"
    if call.name == "get" and call.args:
        first = call.args[0]
        path = plain(first) or next((plain(key) or "" for key, _ in getattr(first, "pairs", ()) if key), "")
        if path in HEALTH_PATHS and ("routes" in module.text or block_of(call) is not None):
            return SignKind.HEALTH, path if path.startswith("/") else f"/{path}"
    if call.name == "use" and call.args and "Health" in dotted(call.args[0]):
        return SignKind.HEALTH, dotted(call.args[0])
    return None


OPERATIONS_RUBY = Reader(name="operations (Ruby)", languages=RUBY, read=read)
