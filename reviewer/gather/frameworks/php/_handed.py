"""What is handed a router of a PHP program, and is mounted where that happens: files, classes and functions."""

from __future__ import annotations

from reviewer.gather.frameworks.php._applications import Reading, declare, functions_around, is_receiver
from reviewer.gather.frameworks.php._handlers import class_of
from reviewer.gather.languages.php._modules import required_path
from reviewer.gather.syntax import Attribute, Call, Expr, Name, dotted
from reviewer.model.facts.routing import Mount
from reviewer.model.facts.values import Value

REQUIRING = frozenset({"require", "require_once", "include", "include_once"})


def mount(reading: Reading, parent: str, child: str, call: Call, prefix: Value, guards: tuple[str, ...] = ()) -> None:
    """Keeps that a router is served below a prefix of another one."""
    declare(reading, parent, call.line)
    reading.kept.mounts.append(
        Mount(parent=parent, child=child, framework=reading.dialect.name, line=call.line, prefix=prefix, guards=guards)
    )


def mount_required(reading: Reading, call: Call) -> None:
    """A file of routes that is required inside a group, or where the application is made."""
    path = required_path(call.args[0]) if call.args else ""
    around = list(functions_around(reading.module, call.function))
    group = next((reading.groups[item.index] for item in around if item.index in reading.groups), None)
    whole = list(dict.fromkeys(reading.applications.values()))
    parent = group or (whole[0] if len(whole) == 1 else None)
    if id(call) not in reading.taken and path and parent is not None and not path.endswith("autoload.php"):
        mount(reading, parent, path, call, ())


def mount_handed(reading: Reading, call: Call) -> None:
    """``Users::register($group)``, ``(new Users())($group)``, ``$routes($app)``: what is handed a router declares
    on it."""
    if not (call.args and isinstance(call.args[0], Name)) or call.last in reading.dialect.verbs:
        return
    around = list(functions_around(reading.module, call.function))
    name = call.args[0].dotted
    group = next((reading.groups[item.index] for item in around if item.index in reading.groups), None)
    if group is None or not (name == "this" or is_receiver(reading, name, around)):
        return
    if child := _child(reading, call):
        mount(reading, group, child, call, ())


def _child(reading: Reading, call: Call) -> str:
    callee: Expr = call.callee.value if isinstance(call.callee, Attribute) else call.callee
    if isinstance(callee, Call):
        return required_path(callee.args[0]) if callee.name in REQUIRING and callee.args else class_of(callee)
    name = dotted(callee)
    if name and "." not in name and call.callee is callee and name not in reading.dialect.receivers:
        if any(item.name == name and item.owner == -1 for item in reading.module.functions):
            declare(reading, name, call.line)
            return name
        if not any(item.target == name for item in reading.module.assignments):
            return f"*.{name}"
    made = next((item.value for item in reading.module.assignments if item.target == name.partition(".")[0]), None)
    if isinstance(made, Call):
        return required_path(made.args[0]) if made.name in REQUIRING and made.args else class_of(made)
    return name.rpartition(".")[0] or name
