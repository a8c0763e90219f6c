"""Silex: collections of controllers, the providers that return them, and applications that are classes.

``$app['controllers_factory']`` makes a collection. The one that a provider's ``connect`` returns goes by its class,
the one that a required file returns by that file; any other by its variable. ``mount`` serves it below a prefix.
"""

from __future__ import annotations

from reviewer.gather.frameworks.php._applications import DEFAULT, Reading
from reviewer.gather.frameworks.php._handed import REQUIRING
from reviewer.gather.frameworks.php._handlers import class_of
from reviewer.gather.languages.php._modules import required_path
from reviewer.gather.syntax import Assignment, Call, Expr, Name, dotted
from reviewer.model.facts.routing import Router

FACTORY = ".controllers_factory"
COLLECTION = "ControllerCollection"
APPLICATION = "Silex.Application"
THIS = "this"


def find_collections(reading: Reading) -> None:
    """Keeps the collections of a file, and the application that one of its classes is."""
    _find_class(reading)
    for item in reading.module.assignments:
        if _is_collection(item.value):
            symbol = _symbol(reading, item)
            reading.collections[item.function, item.target] = symbol
            if symbol not in reading.declared:
                reading.declared.add(symbol)
                reading.kept.routers.append(Router(symbol=symbol, framework=reading.dialect.name, line=item.line))
    for call in reading.module.calls:
        if call.last in reading.dialect.grouping and len(call.args) > 1:
            given = _made(reading, call.args[-1])
            if isinstance(given, Call) and given.name in REQUIRING:
                reading.taken.add(id(given))


def _find_class(reading: Reading) -> None:
    """``class Application extends Silex\\Application``, which declares routes on ``$this``."""
    for owner in reading.module.classes:
        if any(reading.module.origin(dotted(base)) == APPLICATION for base in owner.bases):
            reading.applications[THIS] = owner.name
            same = [item for item in reading.module.assignments if dotted(item.value) == THIS]
            reading.applications.update({item.target: owner.name for item in same})
            reading.declared.add(owner.name)
            reading.kept.routers.append(
                Router(symbol=owner.name, framework=reading.dialect.name, line=owner.line, root=True)
            )
            return


def _is_collection(value: Expr | None) -> bool:
    if isinstance(value, Call):
        return value.new and value.last == COLLECTION
    return isinstance(value, Name) and value.dotted.endswith(FACTORY)


def _symbol(reading: Reading, item: Assignment) -> str:
    returned = any(one.function == item.function and dotted(one.value) == item.target for one in reading.module.returns)
    if not returned:
        return item.target
    if item.function == -1:
        return DEFAULT
    function = reading.module.functions[item.function]
    return reading.module.classes[function.owner].name if function.owner != -1 else function.name


def mounted(reading: Reading, call: Call) -> str:
    """The router that the last argument of ``mount`` names: a provider, a collection, a file that returns one."""
    last = call.args[-1]
    known = reading.collections.get((call.function, dotted(last)))
    if known is not None:
        return known
    made = _made(reading, last)
    if isinstance(made, Call) and made.name in REQUIRING:
        return required_path(made.args[0]) if made.args else ""
    return class_of(made)


def _made(reading: Reading, expr: Expr) -> Expr:
    """What a variable holds, where it is a call."""
    name = dotted(expr) if isinstance(expr, Name) else ""
    found = (item.value for item in reading.module.assignments if name and item.target == name)
    return next((value for value in found if isinstance(value, Call)), expr)
