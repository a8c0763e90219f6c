"""What the sign readers of Java and Kotlin share: which files they read, and what a class or method stands for."""

from __future__ import annotations

from collections.abc import Iterable

from reviewer.gather.frameworks.jvm._annotations import name_of
from reviewer.gather.look import Look
from reviewer.gather.syntax import Call, Class, Expr, Function, Name, dotted

JVM = ("Java", "Kotlin")
WEB = ("org.springframework.http", "org.springframework.web", "jakarta.ws.rs", "javax.ws.rs", "jakarta.servlet",
       "javax.servlet", "io.micronaut.http", "io.javalin", "io.ktor", "io.vertx.ext.web", "spark",
       "play.mvc")  # fmt: skip
CONTROLLERS = frozenset(
    {"RestController", "Controller", "ControllerAdvice", "RestControllerAdvice", "Path", "WebServlet"}
)


def has(decorators: Iterable[Expr], *names: str) -> bool:
    """Whether one of these annotations stands before something."""
    return any(name_of(item) in names for item in decorators)


def owner_of(look: Look, function: int) -> Class | None:
    """The class around a function, lambdas in its methods included."""
    index = look.owner(function)
    return look.module.classes[index] if index != -1 else None


def method_of(look: Look, function: int) -> Function | None:
    """The method around a function."""
    return next((item for item in look.around(function) if item.owner != -1), None)


def answers(look: Look, function: int) -> bool:
    """Whether a function belongs to a class that answers requests."""
    owner = owner_of(look, function)
    return owner is not None and has(owner.decorators, *CONTROLLERS)


def getter(expr: Expr | None) -> str:
    """A name with getters as the properties they read: ``user.password`` of ``user.getPassword()``; else ``""``."""
    parts: list[str] = []
    for _ in range(12):
        if isinstance(expr, Call):
            if expr.args:
                return ""
            name = expr.name
            last = expr.last
            parts.append(property_of(last))
            if isinstance(expr.callee, Name):
                head = name.rpartition(".")[0]
                return ".".join([*([head] if head else []), *reversed(parts)])
            expr = getattr(expr.callee, "value", None)
        elif isinstance(expr, Name):
            return ".".join([expr.dotted, *reversed(parts)])
        else:
            name = dotted(expr)
            return ".".join([name.strip("."), *reversed(parts)]) if name else ""
    return ""


def property_of(method: str) -> str:
    """``password`` of ``getPassword``."""
    for prefix in ("get", "is"):
        rest = method.removeprefix(prefix)
        if rest != method and rest[:1].isupper():
            return rest[0].lower() + rest[1:]
    return method
