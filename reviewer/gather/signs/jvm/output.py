"""Prints and loggers of Java and Kotlin."""

from __future__ import annotations

from reviewer.gather.frameworks.jvm._annotations import name_of
from reviewer.gather.look import look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import keep
from reviewer.gather.signs.jvm._jvm import JVM
from reviewer.gather.syntax import Module
from reviewer.model.facts.code import SignKind

STREAMS = ("System.out.", "System.err.")
PRINTING = words("print println printf append format write")
KOTLIN_PRINTS = words("print println")
STACK = "printStackTrace"
LEVELS = words(
    "trace debug info warn warning error fatal severe fine finer finest config log atInfo atError atDebug atWarn"
)
LOGGERS = words("log logger _log _logger")
MAKERS = {
    "LoggerFactory.getLogger": "SLF4J",
    "LogManager.getLogger": "Log4j",
    "LogFactory.getLog": "Commons Logging",
    "KotlinLogging.logger": "kotlin-logging",
    "Logger.getLogger": "java.util.logging",
}
LOMBOK = {
    "Slf4j": "SLF4J",
    "XSlf4j": "SLF4J",
    "Log4j": "Log4j",
    "Log4j2": "Log4j",
    "Log": "java.util.logging",
    "CommonsLog": "Commons Logging",
    "JBossLog": "JBoss Logging",
    "Flogger": "Flogger",
}


def read(module: Module, kept: Kept) -> None:
    """``System.out.println``, ``printStackTrace()``, loggers and Lombok's annotations for them."""
    look = look_at(module)
    own = any(function.name == "println" for function in module.functions)
    for call in module.calls:
        head, _, last = call.name.rpartition(".")
        if call.name.startswith(STREAMS) and last in PRINTING:
            keep(kept, look, SignKind.PRINT, call, call.name)
        elif last == STACK and not call.args:
            keep(kept, look, SignKind.PRINT, call, STACK)
        elif not head and call.name in KOTLIN_PRINTS and module.language == "Kotlin" and not own:
            keep(kept, look, SignKind.PRINT, call, call.name)
        elif call.name in MAKERS:
            keep(kept, look, SignKind.LOGGER, call, MAKERS[call.name])
        elif last in LEVELS and head.rpartition(".")[2].lower() in LOGGERS:
            keep(kept, look, SignKind.LOGGER, call, call.name)
    for owner in module.classes:
        for decorator in owner.decorators:
            label = LOMBOK.get(name_of(decorator))
            if label and look.imports("lombok"):
                keep(kept, look, SignKind.LOGGER, owner, label, -1)


OUTPUT_JVM = Reader(name="prints and loggers (Java, Kotlin)", languages=JVM, read=read)
