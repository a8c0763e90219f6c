"""Prints and loggers in Ruby."""

from __future__ import annotations

from reviewer.gather.expressions import last
from reviewer.gather.look import look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import keep
from reviewer.gather.signs.ruby._ruby import RUBY
from reviewer.gather.syntax import Module, plain
from reviewer.model.facts.code import SignKind

PRINTS = words(
    "puts print p pp printf putc stdout.puts stdout.print stdout.write STDOUT.puts STDERR.puts stderr.puts warn"
)
LEVELS = words("debug info warn error fatal unknown tagged add")
LOGGERS = words("logger log logging")
MAKERS = {
    "Logger.new": "Logger",
    "ActiveSupport.Logger.new": "Rails logger",
    "ActiveSupport.TaggedLogging.new": "Rails logger",
    "ActiveSupport.TaggedLogging.logger": "Rails logger",
    "SemanticLogger.add_appender": "Semantic Logger",
    "Ougai.Logger.new": "Ougai",
    "Logging.logger": "logging",
    "Yell.new": "Yell",
}
SETTINGS = {"config.lograge.enabled": "lograge", "config.rails_semantic_logger.format": "Semantic Logger"}


def read(module: Module, kept: Kept) -> None:
    """``puts``, and calls of loggers."""
    look = look_at(module)
    own = {function.name for function in module.functions}
    for call in module.calls:
        if call.name in PRINTS and call.name not in own and (call.args or call.name == "puts"):
            keep(kept, look, SignKind.PRINT, call, call.name)
        elif call.name == "enable" and any(plain(arg) == "logging" for arg in call.args):
            keep(kept, look, SignKind.LOGGER, call, "Sinatra logging")
        elif call.name in MAKERS:
            keep(kept, look, SignKind.LOGGER, call, MAKERS[call.name])
        elif call.last in LEVELS and last(call.name.rpartition(".")[0]).lower() in LOGGERS:
            keep(kept, look, SignKind.LOGGER, call, call.name)
    for item in module.assignments:
        if item.target in SETTINGS:
            keep(kept, look, SignKind.LOGGER, item, SETTINGS[item.target])


PRINTS_RUBY = Reader(name="prints and loggers (Ruby)", languages=RUBY, read=read)
