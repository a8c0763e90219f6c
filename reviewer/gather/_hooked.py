"""Functions of PHP that a file hands to WordPress by name, which calls them when something happens."""

from __future__ import annotations

import re

from reviewer.gather.syntax import Expr, Items, Module, Text, plain

HOOKING = re.compile(r"add_(?:action|filter|shortcode)|register_(?:activation|deactivation|uninstall)_hook")
NONE: frozenset[str] = frozenset()
LISTED = 2
"""Length of a list that names a method: the object, then the name."""


def hooked_names(module: Module) -> frozenset[str]:
    """Bare names of functions and methods that are hooks: ``'name'`` or ``array($this, 'name')``."""
    if module.language != "PHP" or not ("add_" in module.text or "register_" in module.text):
        return NONE
    return frozenset(
        _named(call.args[1]) for call in module.calls if len(call.args) >= LISTED and HOOKING.fullmatch(call.last)
    ) - {""}


def _named(given: Expr) -> str:
    match given:
        case Text():
            return (plain(given) or "").rpartition("::")[2]
        case Items(values=(_, Text() as method)):
            return plain(method) or ""
        case _:
            return ""
