"""Redis by its client, and Sidekiq's connection to it; Elasticsearch through Searchkick and its own models."""

from __future__ import annotations

import re

from reviewer.gather.data.names import data_use
from reviewer.gather.data.queries import add_sign
from reviewer.gather.look import look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.syntax import Module, dotted
from reviewer.model.facts.code import SignKind
from reviewer.model.facts.data import How

COMMANDS = words(
    "get set setex setnx hget hset hgetall incr incrby decr expire lpush rpush lpop rpop lrange sadd smembers srem zadd"
    " zrange zrevrange zincrby del exists exists? mget mset publish subscribe sismember hmset hincrby ttl lrem scan"
    " keys flushdb brpop xadd pipelined multi getset psetex"
)
RECEIVER = re.compile(r"(?:^|[._])redis(?:$|[._]|client|conn\w{0,12}$|pool)", re.IGNORECASE)
EXPIRING = words("setex expire psetex")


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
    for item in module.assignments:
        if item.target == "config.redis" and "Sidekiq" in module.text:
            kept.data.append(data_use("Redis", How.CONFIGURED, item.line, "Sidekiq"))


REDIS = Reader(name="Redis (Ruby)", languages=("Ruby",), read=read_redis)
