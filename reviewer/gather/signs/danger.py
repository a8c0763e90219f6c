"""Calls that run or load what they are given, where it is not a constant."""

from __future__ import annotations

from reviewer.gather.expressions import inside, last, option, truth
from reviewer.gather.look import Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import ECMA, PYTHON, keep
from reviewer.gather.syntax import Call, Expr, Items, Module, Name, Text, dotted
from reviewer.model.facts.code import SignKind

PYTHON_BUILTINS = words("eval exec")
LOADERS = words("pickle.loads cPickle.loads dill.loads marshal.loads jsonpickle.decode yaml.unsafe_load")
YAML_LOADERS = words("SafeLoader CSafeLoader BaseLoader FullLoader")
SHELLS = words(
    "os.system os.popen subprocess.getoutput subprocess.getstatusoutput asyncio.create_subprocess_shell"
    " commands.getoutput"
)
SUBPROCESS = (
    "subprocess.run",
    "subprocess.call",
    "subprocess.Popen",
    "subprocess.check_call",
    "subprocess.check_output",
)
TEMPLATES = words("flask.render_template_string")
FILE_READERS = words("open read read_text compile exec eval Path dirname join abspath")
IN_BROWSER = ("HTMLElement", "customElements.define", "document.getElementById", "document.querySelector")
"""What only scripts of pages use."""
NODE_SHELLS = words("child_process.exec child_process.execSync shelljs.exec")
NODE_SPAWNS = words("child_process.spawn child_process.spawnSync child_process.execFile child_process.execFileSync")
NODE_RUNNERS = words("vm.runInThisContext vm.runInNewContext vm.runInContext node-serialize.unserialize")


def read_python(module: Module, kept: Kept) -> None:
    """eval, exec, pickle, YAML without a safe loader, shells, templates made of values."""
    look = look_at(module)
    for call in module.calls:
        if _python_danger(look, call):
            keep(kept, look, SignKind.DANGEROUS_CALL, call, call.name)


def _python_danger(look: Look, call: Call) -> bool:
    if not call.args:
        return False
    name, origin, first = call.name, look.origin(call.name), call.args[0]
    if name in PYTHON_BUILTINS:
        shadowed = name in look.outer_functions or look.is_imported(name)
        return not (shadowed or _own(look, first, call.function) or _runs_file(look, call))
    if origin in LOADERS:
        return not look.is_constant(first, call.function)
    if origin in ("pickle.load", "dill.load", "joblib.load"):
        return any("request" in part.dotted for part in inside(first) if isinstance(part, Name))
    if origin in ("yaml.load", "yaml.load_all"):
        return _unsafe_yaml(call)
    if origin in SHELLS:
        return not _command_is_constant(look, first, call.function)
    if origin in SUBPROCESS:
        return truth(call.keywords.get("shell")) is True and not _command_is_constant(look, first, call.function)
    return (
        origin in TEMPLATES
        and isinstance(look.value(first, call.function), Text)
        and not look.is_constant(first, call.function)
    )


def _own(look: Look, expr: Expr, function: int) -> bool:
    """A constant, or a file of the project's own that is named by constants: ``exec(open("version.py").read())``."""
    for part in inside(look.value(expr, function)):
        if (
            isinstance(part, Name)
            and last(part.dotted) not in FILE_READERS
            and part.dotted not in ("__file__", "os.path")
        ):
            value = look.value(part, function)
            if value is part or not look.is_constant(value, function):
                return False
    return True


def _runs_file(look: Look, call: Call) -> bool:
    """``exec(compile(file.read(), path, "exec"))``: a file is run as a program, as importing it would."""
    made = look.value(call.args[0], call.function)
    if not (isinstance(made, Call) and made.last == "compile" and made.args):
        return False
    read = look.value(made.args[0], call.function)
    return isinstance(read, Call) and read.last in ("read", "read_text")


def _unsafe_yaml(call: Call) -> bool:
    loader = call.keywords.get("Loader", call.args[1] if len(call.args) > 1 else None)
    return last(dotted(loader)) not in YAML_LOADERS


def _command_is_constant(look: Look, expr: Expr, function: int) -> bool:
    value = look.value(expr, function)
    if isinstance(value, Items):
        return all(_command_is_constant(look, part, function) for part in value.values)
    return look.is_constant(value, function)


def read_ecma(module: Module, kept: Kept) -> None:
    """eval, new Function, vm, child_process and unserialize."""
    look = look_at(module)
    promised = _promised(look)
    for call in module.calls:
        if _ecma_danger(look, call, promised):
            keep(kept, look, SignKind.DANGEROUS_CALL, call, call.name)


def _promised(look: Look) -> frozenset[str]:
    """Names that stand for ``promisify(exec)``."""
    return frozenset(
        item.target
        for item in look.module.assignments
        if isinstance(item.value, Call)
        and last(item.value.name) == "promisify"
        and any(look.origin(dotted(arg)) in NODE_SHELLS for arg in item.value.args)
    )


def _ecma_danger(look: Look, call: Call, promised: frozenset[str]) -> bool:
    if not call.args:
        return False
    name, origin, first = call.name, look.origin(call.name), call.args[0]
    if name in ("eval", "Function", "global.eval", "globalThis.eval"):
        shadowed = name in look.outer_functions or look.is_imported(name) or _is_declared(look, name)
        if shadowed or any(word in look.module.text for word in IN_BROWSER):
            return False
        return not all(look.is_constant(arg, call.function) for arg in call.args)
    if origin in NODE_SHELLS or name in promised:
        return not look.is_constant(first, call.function)
    if origin in NODE_SPAWNS:
        return truth(option(call, "shell")) is True and not look.is_constant(first, call.function)
    return origin in NODE_RUNNERS and not look.is_constant(first, call.function)


def _is_declared(look: Look, name: str) -> bool:
    """Whether the module has a class of that name: what it makes is an object of its own."""
    return any(owner.name == name for owner in look.module.classes)


DANGER_PYTHON = Reader(name="dangerous calls (Python)", languages=PYTHON, read=read_python)
DANGER_ECMA = Reader(name="dangerous calls (JavaScript)", languages=ECMA, read=read_ecma)
