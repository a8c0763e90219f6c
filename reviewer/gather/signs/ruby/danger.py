"""Calls of Ruby that run or load what they are given, where it is not a constant; parameters let in as they come."""

from __future__ import annotations

import re

from reviewer.gather.expressions import inside
from reviewer.gather.look import Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import keep
from reviewer.gather.signs.ruby._ruby import RUBY, is_request
from reviewer.gather.syntax import Attribute, Call, Expr, Lambda, Mapping, Module, Name, Other, Text, plain
from reviewer.model.facts.code import SignKind

EVALS = words("eval instance_eval class_eval module_eval Kernel.eval binding.eval")
SHELLS = words(
    "system exec spawn IO.popen Open3.capture3 Open3.capture2 Open3.capture2e Open3.popen3 Kernel.system popen"
)
LOADERS = words("Marshal.load Marshal.restore YAML.unsafe_load YAML.load Psych.unsafe_load Oj.object_load Psych.load")
SENDING = words("send public_send __send__ try")
NAMING = words("constantize safe_constantize")
FILES = words("open File.open File.read IO.read send_file File.delete")
UPLOADED = re.compile(r"\btempfile(?:\.path)?$|\.(?:file|upload|image|photo|avatar|attachment)\.path$")
MARKING = words("raw html_safe")


def read(module: Module, kept: Kept) -> None:
    """eval, shells, unsafe loaders, calls and classes by a request's name, ``permit!``."""
    look = look_at(module)
    for call in module.calls:
        if _is_danger(look, call):
            keep(kept, look, SignKind.DANGEROUS_CALL, call, call.name.lstrip("."))
    for expr, function in _commands(module):
        if not look.is_constant(expr.operands[0], function):
            keep(kept, look, SignKind.DANGEROUS_CALL, expr, "backticks", function)


def _is_danger(look: Look, call: Call) -> bool:
    name, last = call.name, call.last
    first = call.args[0] if call.args else None
    if last == "permit!":
        return "params" in name or _on_params(call)
    if last in NAMING:
        return _mentions_request(_receiver(call))
    if last in MARKING:
        return _mentions_request(first if last == "raw" else _receiver(call))
    if first is None or isinstance(first, Lambda):
        return False
    if name in EVALS or (last in ("instance_eval", "class_eval", "module_eval") and isinstance(first, Text)):
        built = not look.is_constant(first, call.function) and not isinstance(first, Name)
        return built or _mentions_request(first)
    if name in SHELLS:
        return len(_commands_of(call)) == 1 and _is_built(look, first, call.function)
    if name in LOADERS:
        return not look.is_constant(first, call.function) and not _reads_own_file(first)
    if name in FILES:
        return _mentions_request(first) and not _is_upload(first)
    if last in SENDING or last == "const_get":
        return _mentions_request(first)
    return name == "render" and _mentions_request(call.keywords.get("inline"))


def _is_upload(expr: Expr) -> bool:
    """``params[:file].tempfile``: where the framework has put what was sent, by a name of its own."""
    said = expr.dotted if isinstance(expr, Name) else expr.name if isinstance(expr, Attribute) else ""
    return UPLOADED.search(said[-80:]) is not None


def _commands_of(call: Call) -> tuple[Expr, ...]:
    return tuple(arg for arg in call.args if not isinstance(arg, (Lambda, Mapping)))


def _is_built(look: Look, expr: Expr, function: int) -> bool:
    """Whether a command is put together, or came with a request."""
    value = look.value(expr, function)
    if isinstance(value, Text):
        return not look.is_constant(value, function)
    return _mentions_request(value)


def _reads_own_file(expr: Expr) -> bool:
    """``YAML.load(File.read("config.yml"))``: a file of the project's own, named by constants."""
    for part in inside(expr):
        if isinstance(part, Call) and part.last in ("read", "open", "binread", "join", "load_file", "result", "new"):
            return True
        if isinstance(part, Name) and ("File" in part.dotted or part.dotted.startswith("Rails.root")):
            return True
    return False


def _mentions_request(expr: Expr | None) -> bool:
    return any(is_request(part) for part in inside(expr))


def _receiver(call: Call) -> Expr | None:
    if isinstance(call.callee, Attribute):
        return call.callee.value
    head = call.name.rpartition(".")[0]
    return Name(head, call.line) if head else None


def _on_params(call: Call) -> bool:
    return any(isinstance(part, Name) and part.dotted.startswith("params") for part in inside(_receiver(call)))


def _commands(module: Module) -> list[tuple[Other, int]]:
    """Commands in backticks, wherever a value is taken from."""
    found: dict[int, tuple[Other, int]] = {}
    values: list[tuple[Expr, int]] = [(item.value, item.function) for item in module.returns]
    values += [(item.value, item.function) for item in module.assignments if item.value is not None]
    values += [(arg, call.function) for call in module.calls for arg in (*call.args, call.callee)]
    for value, function in values:
        for part in inside(value):
            if (
                isinstance(part, Other)
                and part.kind == "subshell"
                and part.operands
                and plain(part.operands[0]) is None
            ):
                found.setdefault(part.line, (part, function))
    return list(found.values())


DANGER_RUBY = Reader(name="dangerous calls (Ruby)", languages=RUBY, read=read)
