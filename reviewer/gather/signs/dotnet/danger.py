"""Calls that run or load what they are given, where it is not a constant."""

from __future__ import annotations

import re

from reviewer.gather.expressions import inside
from reviewer.gather.look import Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import keep
from reviewer.gather.signs.dotnet._csharp import CSHARP, names
from reviewer.gather.syntax import Call, Expr, Module, Name
from reviewer.model.facts.code import SignKind

FORMATTERS = words("BinaryFormatter NetDataContractSerializer SoapFormatter LosFormatter ObjectStateFormatter")
LOADING = words("Assembly.Load Assembly.LoadFrom Assembly.LoadFile Assembly.UnsafeLoadFrom")
SCRIPTS = words("CSharpScript.EvaluateAsync CSharpScript.RunAsync CSharpScript.Create")
STARTING = words("Process.Start System.Diagnostics.Process.Start")
RUNNING = re.compile(
    r"Get(?:Entry|Executing|Calling|Referenced)Assembl(?:y|ies)|\.Assembly\b|AssemblyName|\.GetName$|FullName$"
)
"""What names assemblies that the program is made of."""
TYPE_NAMES = words("All Auto Objects Arrays")


def read(module: Module, kept: Kept) -> None:
    """Processes, scripts, assemblies, formatters that make any object, XML that reads other files."""
    look = look_at(module)
    for call in module.calls:
        if detail := _danger(look, call):
            keep(kept, look, SignKind.DANGEROUS_CALL, call, detail)
    for item in module.assignments:
        name = item.target.rpartition(".")[2]
        if name == "TypeNameHandling" and _any_type(names(item.value)):
            keep(kept, look, SignKind.DANGEROUS_CALL, item, "TypeNameHandling")
        elif name == "XmlResolver" and isinstance(item.value, Call) and item.value.last == "XmlUrlResolver":
            keep(kept, look, SignKind.DANGEROUS_CALL, item, "XmlUrlResolver")


def _any_type(found: object) -> bool:
    return any(name.rpartition(".")[2] in TYPE_NAMES for name in found)  # type: ignore[attr-defined]


def _is_running(expr: Expr) -> bool:
    """The name of an assembly that runs already, or of a type's: ``Assembly.GetEntryAssembly().FullName``."""
    for part in inside(expr):
        said = part.name if isinstance(part, Call) else part.dotted if isinstance(part, Name) else ""
        if said == "typeof" or RUNNING.search(said[-120:]):
            return True
    return False


def _danger(look: Look, call: Call) -> str:
    if call.new and call.last in FORMATTERS:
        return call.last
    if call.new and call.last == "ProcessStartInfo":
        given = (*call.args, *(call.keywords[key] for key in ("Arguments", "FileName") if key in call.keywords))
        return call.last if any(not look.is_constant(arg, call.function) for arg in given) else ""
    if call.name in STARTING and call.args and not (isinstance(call.args[0], Call) and call.args[0].new):
        made = (item for item in look.module.calls if item.function == call.function and item.new)
        started = any(item.last == "ProcessStartInfo" for item in made)
        return "" if started or all(look.is_constant(arg, call.function) for arg in call.args) else call.name
    if call.name in LOADING and call.args and _is_running(call.args[0]):
        return ""
    if call.name in LOADING or call.name in SCRIPTS:
        return call.name if call.args and not look.is_constant(call.args[0], call.function) else ""
    if call.new and "TypeNameHandling" in call.keywords and _any_type(names(call.keywords["TypeNameHandling"])):
        return "TypeNameHandling"
    if call.new and call.last == "XmlReaderSettings":
        return "DtdProcessing.Parse" if "DtdProcessing.Parse" in names(call.keywords.get("DtdProcessing")) else ""
    return ""


DANGER_DOTNET = Reader(name="dangerous calls (C#)", languages=CSHARP, read=read)
