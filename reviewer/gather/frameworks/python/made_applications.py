"""Routes on an application that a function of another file makes, in a file that imports no framework.

``app = create_app()`` and ``@app.get("/health")`` below it: which framework that is, the function's file says.
"""

from __future__ import annotations

from collections.abc import Iterator

from reviewer.gather.frameworks.python._lookup import Lookup
from reviewer.gather.frameworks.python._offered import FRAMEWORKS
from reviewer.gather.frameworks.python._python import VERBS, decorations, methods_of, owner_of
from reviewer.gather.given import MADE
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.syntax import Call, Function, Module, plain, value_of
from reviewer.model.facts.routing import Mount, Route

DECORATORS = frozenset({"route", *VERBS})


def read(module: Module, kept: Kept) -> None:
    """The routes of such a file, each on what its function gives back."""
    if module.imported(*FRAMEWORKS):
        return
    lookup = Lookup(module)
    made = dict(_made(lookup))
    if not made:
        return
    used = set()
    for decorator, target in decorations(module):
        head, last = owner_of(decorator.name)
        path = decorator.args[0] if decorator.args else None
        if head not in made or last not in DECORATORS or not isinstance(target, Function):
            continue
        if not (plain(path) or "").startswith("/"):
            continue
        used.add(head)
        declared = methods_of(lookup, decorator.keywords.get("methods"), decorator.function)
        kept.routes.append(
            Route(
                router=head,
                framework="",
                methods=(VERBS[last],) if last in VERBS else declared or ("GET",),
                path=value_of(path),
                line=decorator.line,
                end_line=target.end_line,
                handler=target.qualname,
                page=lookup.renders(target),
            )
        )
    for head in sorted(used):
        kept.mounts.append(Mount(parent=f"{made[head].name}{MADE}", child=head, framework="", line=made[head].line))


def _made(lookup: Lookup) -> Iterator[tuple[str, Call]]:
    """Variables of the module that a call of an imported function was put into."""
    for item in lookup.module.assignments:
        value = item.value
        made = isinstance(value, Call) and value.last[:1].islower() and item.function == item.owner == -1
        if made and isinstance(value, Call) and value.name.partition(".")[0] in lookup.imported_names:
            yield item.target, value


MADE_APPLICATIONS = Reader(name="Made applications", languages=("Python",), read=read)
