"""Redis by its client, as a cache and for queues; Memcached as a cache; Elasticsearch by Searchkick and its models."""

from __future__ import annotations

import re

from reviewer.gather.data.names import data_use
from reviewer.gather.data.queries import add_sign
from reviewer.gather.look import look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.syntax import Expr, Items, Module, dotted, plain
from reviewer.model.facts.code import SignKind
from reviewer.model.facts.data import How

COMMANDS = words(
    "get set setex setnx hget hset hgetall incr incrby decr expire lpush rpush lpop rpop lrange sadd smembers srem zadd"
    " zrange zrevrange zincrby del exists exists? mget mset publish subscribe sismember hmset hincrby ttl lrem scan"
    " keys flushdb brpop xadd pipelined multi getset psetex"
)
RECEIVER = re.compile(r"(?:^|[._])redis(?:$|[._]|client|conn\w{0,12}$|pool)", re.IGNORECASE)
EXPIRING = words("setex expire psetex")
STORES = {
    "redis_cache_store": "Redis",
    "redis_store": "Redis",
    "redis_session_store": "Redis",
    "mem_cache_store": "Memcached",
    "dalli_store": "Memcached",
    "sidekiq": "Redis",
    "resque": "Redis",
}
"""What Rails is told to keep its cache, sessions or jobs in, and where that is."""
WORKERS = words("Sidekiq.Worker Sidekiq.Job")
STORING = words("config.cache_store config.active_job.queue_adapter Rails.application.config.cache_store Resque.redis")


def read_redis(module: Module, kept: Kept) -> None:
    """Keeps the first command to Redis, caches that expire, and the settings of Sidekiq."""
    look = look_at(module)
    queried = False
    for call in module.calls:
        head = call.name.rpartition(".")[0]
        if call.last in COMMANDS and head and (call.args or call.keywords) and RECEIVER.search(head[-60:]):
            if not queried:
                kept.data.append(data_use("Redis", How.QUERIED, call.line, call.last))
            queried = True
            if call.last in EXPIRING or {"ex", "px"} & call.keywords.keys():
                add_sign(kept, look, SignKind.CACHE, call, "Redis with expiry")
        elif call.name == "searchkick" or call.name == "Searchkick.search":
            kept.data.append(data_use("Elasticsearch", How.CONFIGURED, call.line, "Searchkick"))
        elif call.name == "include" and any(dotted(arg).startswith("Elasticsearch.Model") for arg in call.args):
            kept.data.append(data_use("Elasticsearch", How.CONFIGURED, call.line, "Elasticsearch::Model"))
    _read_stores(module, kept)


def _read_stores(module: Module, kept: Kept) -> None:
    """Settings that give the cache, the sessions or the jobs to a server, and classes that work on its queues."""
    for item in module.assignments:
        if item.target == "config.redis" and "Sidekiq" in module.text:
            kept.data.append(data_use("Redis", How.CONFIGURED, item.line, "Sidekiq"))
        elif item.target in STORING:
            _store("resque" if item.target == "Resque.redis" else _first(item.value), item.line, kept)
    for call in module.calls:
        if call.last == "session_store" and call.args:
            _store(plain(call.args[0]), call.line, kept)
        elif call.name == "include" and any(dotted(arg) in WORKERS for arg in call.args):
            _store("sidekiq", call.line, kept)


def _first(value: Expr | None) -> str | None:
    return plain(value.values[0] if isinstance(value, Items) and value.values else value)


def _store(given: str | None, line: int, kept: Kept) -> None:
    name = STORES.get(given or "")
    if name:
        kept.data.append(data_use(name, How.CONFIGURED, line, given or ""))


REDIS = Reader(name="Redis (Ruby)", languages=("Ruby",), read=read_redis)
