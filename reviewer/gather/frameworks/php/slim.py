"""Slim, from the second version to the fourth, and the small frameworks that declare their routes as it does."""

from __future__ import annotations

from reviewer.gather.frameworks.php import _dialects
from reviewer.gather.frameworks.php._applications import Dialect
from reviewer.gather.frameworks.php._dialects import dialect_of
from reviewer.gather.frameworks.php._micro import read_micro
from reviewer.gather.reader import Framework, Kept
from reviewer.gather.syntax import Module


def _read(module: Module, kept: Kept, dialect: Dialect) -> None:
    if dialect_of(module) is dialect:
        read_micro(module, kept, dialect)


def read_slim(module: Module, kept: Kept) -> None:
    """Keeps the routes of a Slim application."""
    _read(module, kept, _dialects.SLIM)


def read_lumen(module: Module, kept: Kept) -> None:
    """Keeps the routes of a Lumen application."""
    _read(module, kept, _dialects.LUMEN)


def read_flight(module: Module, kept: Kept) -> None:
    """Keeps the routes of a Flight application."""
    _read(module, kept, _dialects.FLIGHT)


def read_fast_route(module: Module, kept: Kept) -> None:
    """Keeps the routes that are given to FastRoute."""
    _read(module, kept, _dialects.FAST_ROUTE)


def read_silex(module: Module, kept: Kept) -> None:
    """Keeps the routes of a Silex application."""
    _read(module, kept, _dialects.SILEX)


PHP = ("PHP",)
SLIM = Framework(name="Slim", languages=PHP, read=read_slim, packages=("slim/slim",), one_root=True)
LUMEN = Framework(name="Lumen", languages=PHP, read=read_lumen, packages=("laravel/lumen-framework",), one_root=True)
FLIGHT = Framework(name="Flight", languages=PHP, read=read_flight, packages=("flightphp/core", "mikecao/flight"))
FAST_ROUTE = Framework(name="FastRoute", languages=PHP, read=read_fast_route, packages=("nikic/fast-route",))
SILEX = Framework(name="Silex", languages=PHP, read=read_silex, packages=("silex/silex",))
