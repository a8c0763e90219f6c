"""Calls of Java and Kotlin that run or load what they are given, and TLS checks that are switched off."""

from __future__ import annotations

from reviewer.gather.expressions import inside
from reviewer.gather.look import Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import keep
from reviewer.gather.signs.jvm._jvm import JVM
from reviewer.gather.syntax import Call, Expr, Function, Items, Lambda, Module, Name, dotted
from reviewer.model.facts.code import SignKind

SHELLS = words("sh bash cmd cmd.exe /bin/sh /bin/bash powershell")
EVALUATORS = {"ScriptEngine": ("eval",), "GroovyShell": ("evaluate", "parse"), "ExpressionParser": ("parseExpression",),
              "SpelExpressionParser": ("parseExpression",), "Interpreter": ("eval",)}  # fmt: skip
"""Types and the methods of theirs that run text."""
STREAMS = ("ObjectInputStream", "XMLDecoder")
LOADERS = {"readObject": STREAMS, "readUnshared": STREAMS, "fromXML": ("XStream",)}
TRUSTING = words("NoopHostnameVerifier NoopHostnameVerifier.INSTANCE InsecureTrustManagerFactory.INSTANCE"
                 " TrustAllStrategy.INSTANCE TrustSelfSignedStrategy ALLOW_ALL_HOSTNAME_VERIFIER")  # fmt: skip
CHECKS = words("checkServerTrusted checkClientTrusted")


def read(module: Module, kept: Kept) -> None:
    """Processes, scripts, expressions, deserialisation; trust in everybody."""
    look = look_at(module)
    for call in module.calls:
        if _is_danger(look, call):
            keep(kept, look, SignKind.DANGEROUS_CALL, call, call.name.strip(".") or call.last)
        for arg in call.args:
            if isinstance(arg, Name) and (arg.dotted in TRUSTING or arg.dotted.rpartition(".")[2] in TRUSTING):
                keep(kept, look, SignKind.TLS_OFF, call, arg.dotted)
    for function in module.functions:
        if _trusts_all(function):
            keep(kept, look, SignKind.TLS_OFF, function, "trusts every certificate", function.index)
    _verifiers(look, kept)


def _is_danger(look: Look, call: Call) -> bool:
    if call.last == "exec" and call.args and _of_runtime(look, call):
        return not _constant(look, call.args[0], call.function)
    if call.last == "ProcessBuilder" and call.args and call.new:
        return _runs_shell(look, call)
    for kind, methods in EVALUATORS.items():
        if call.last in methods and call.args and _is_of(look, call, (kind,)):
            return not _constant(look, call.args[0], call.function)
    return call.last in LOADERS and _is_of(look, call, LOADERS[call.last])


def _of_runtime(look: Look, call: Call) -> bool:
    value = getattr(call.callee, "value", None)
    if isinstance(value, Call):
        return value.name == "Runtime.getRuntime"
    receiver = call.name.rpartition(".")[0]
    made = look.value(Name(receiver, call.line), call.function)
    return isinstance(made, Call) and made.name == "Runtime.getRuntime"


def _runs_shell(look: Look, call: Call) -> bool:
    """``new ProcessBuilder("sh", "-c", command)``: a shell with a command that is no constant."""
    parts = [item for arg in call.args for item in _listed(look.value(arg, call.function) or arg)]
    first = parts[0] if parts else None
    named = "".join(part for part in getattr(first, "parts", ()) if isinstance(part, str))
    return named in SHELLS and not all(_constant(look, part, call.function) for part in parts)


def _listed(expr: Expr) -> list[Expr]:
    if isinstance(expr, Items):
        return list(expr.values)
    if isinstance(expr, Call) and expr.last in ("asList", "of", "listOf", "arrayOf"):
        return list(expr.args)
    return [expr]


def _constant(look: Look, expr: Expr, function: int) -> bool:
    value = look.value(expr, function) or expr
    return all(look.is_constant(part, function) for part in _listed(value))


def _is_of(look: Look, call: Call, kinds: tuple[str, ...]) -> bool:
    """Whether a method belongs to an object of one of these types, by its declaration or by how it is made."""
    value = getattr(call.callee, "value", None)
    if isinstance(value, Call):
        return value.last in kinds
    receiver = call.name.rpartition(".")[0].removeprefix("this.")
    for name in (receiver, f"this.{receiver}"):
        for index in (call.function, -1):
            for item in look.assigned(name, index):
                made = item.value
                if item.type.partition("<")[0] in kinds or (isinstance(made, Call) and made.last in kinds):
                    return True
    around = next(look.around(call.function), None)
    parameters = around.parameters if around is not None else ()
    return any(item.name == receiver and item.type in kinds for item in parameters)


def _trusts_all(function: Function) -> bool:
    """``checkServerTrusted`` without a statement."""
    return function.qualname.rpartition(".")[2] in CHECKS and function.statements == 0 and "Server" in function.qualname


def _verifiers(look: Look, kept: Kept) -> None:
    """``setHostnameVerifier((host, session) -> true)``."""
    for call in look.module.calls:
        if call.last in (
            "setHostnameVerifier",
            "setDefaultHostnameVerifier",
            "hostnameVerifier",
            "setSSLHostnameVerifier",
        ):
            for arg in call.args:
                if (isinstance(arg, Lambda) and _always_true(look, arg.function)) or (
                    isinstance(arg, Call)
                    and any(
                        isinstance(part, Lambda) and _always_true(look, part.function) for part in inside(*arg.args)
                    )
                ):
                    keep(kept, look, SignKind.TLS_OFF, call, call.last)


def _always_true(look: Look, function: int) -> bool:
    found = [item.value for item in look.module.returns if item.function == function]
    return bool(found) and all((getattr(value, "text", "") or dotted(value)) == "true" for value in found)


DANGER_JVM = Reader(name="dangerous calls (Java, Kotlin)", languages=JVM, read=read)
