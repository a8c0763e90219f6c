"""What a name in a JavaScript or TypeScript file stands for: the package it came from."""

from __future__ import annotations

import re

from reviewer.gather.syntax import Call, Expr, Import, Module, Name, dotted

HOPS = 4
"""Local names that stand for one another, followed one after another (``const Router = express.Router``)."""
OWN_MODULES = (
    *(".", "/", "~", "#", "@/", "src/", "app/", "lib/", "server/", "routes/", "api/", "controllers/", "resources/"),
    *("modules/", "services/", "middlewares/", "middleware/", "handlers/", "features/", "models/", "common/"),
    "shared/",
)
"""How the module of a file of the same repository begins; the later ones are paths below a configured root."""
OWN_SCOPES = tuple(
    f"@{folder}"
    for folder in (
        *(folder for folder in OWN_MODULES if folder[0].isalpha()),
        *("infra/", "core/", "domain/", "presentation/", "application/", "main/", "http/", "interfaces/", "routers/"),
    )
)
"""The same folders written as scopes, which settings of TypeScript or of a bundler give them (``@shared/routes``)."""
ROUTER_FILE = re.compile(r"\w\.(?:routes?|routers?|controllers?)(?:\.[jt]s)?$|/(?:routes|routers|controllers)/")
"""Modules of routes by their names, whatever the alias before them is called; no library names its files so."""


class Names:
    """The imports of a module and the local names that stand for others, looked up by name."""

    def __init__(self, module: Module) -> None:
        self.imports: dict[str, Import] = {item.alias: item for item in module.imports}
        self.given = {
            item.target: item.value.dotted
            for item in module.assignments
            if isinstance(item.value, Name) and item.value.dotted != item.target
        }
        self.values = {item.target: item.value for item in reversed(module.assignments) if item.value is not None}
        """The first value of each variable."""
        self.made = _instances(module)
        """Variables and fields that hold an instance, to the name of its class."""

    def origin(self, expr: Expr | str | None) -> str:
        """The full name behind a name: ``express.Router`` of ``Router`` imported from express.

        A default import is its module: ``express`` of ``import app from "express"``. What was not imported stays.
        """
        name = expr if isinstance(expr, str) else dotted(expr)
        for _ in range(HOPS):
            head, _, rest = name.partition(".")
            found = self.imports.get(head)
            if found is not None:
                names = [found.name or "", *rest.split(".")]
                return ".".join([found.module, *(part for part in names if part not in ("", "default"))])
            further = self.given.get(head)
            if further is None:
                break
            name = f"{further}.{rest}" if rest else further
        return name

    def package(self, expr: Expr | str | None) -> str:
        """The module that a name was imported from, ``""`` for what was not imported."""
        head = (expr if isinstance(expr, str) else dotted(expr)).partition(".")[0]
        found = self.imports.get(head)
        return found.module if found is not None else ""

    def is_own(self, expr: Expr | str | None) -> bool:
        """Whether a name is defined in this file or imported from another file of the repository."""
        package = self.package(expr)
        if not package or f"{package}/".startswith((*OWN_MODULES, *OWN_SCOPES)):
            return True
        return bool(ROUTER_FILE.search(package)) or (package.startswith("@") and "/" not in package)

    def instance(self, name: str) -> str:
        """A name with a variable that holds an instance replaced by its class: ``users.list`` as ``Users.list``."""
        parts = name.split(".")
        for length in (2, 1):
            made = self.made.get(".".join(parts[:length]))
            if made and len(parts) >= length:
                return ".".join([made, *parts[length:]])
        return name


def _instances(module: Module) -> dict[str, str]:
    """By ``new``, or by the declared type of a field; fields go by ``this.name``."""
    found: dict[str, str] = {}
    for item in module.assignments:
        is_field = item.owner != -1 and item.function == -1
        target = f"this.{item.target}" if is_field else item.target
        if isinstance(item.value, Call) and item.value.new:
            found[target] = dotted(item.value.callee)
        elif target.startswith("this.") and item.type.isidentifier() and item.type[0].isupper():
            found.setdefault(target, item.type)
    return found
