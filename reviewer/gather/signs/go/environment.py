"""Configuration that is read from the environment."""

from __future__ import annotations

import re

from reviewer.gather.look import Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import keep, keep_variable
from reviewer.gather.signs._variables import variable_of
from reviewer.gather.signs.go._go import GO, head_of
from reviewer.gather.syntax import Call, Module, Name, plain
from reviewer.model.facts.code import SignKind

CALLS = words("os.Getenv os.LookupEnv syscall.Getenv os.ExpandEnv envy.Get envy.MustGet")
VIPER = words(
    "Get GetString GetInt GetBool GetDuration GetStringSlice GetUint GetInt64 GetFloat64 BindEnv MustBindEnv SetDefault"
)
HELPER = re.compile(
    r"(?:get|read|lookup|must|load|fetch)_?env(?:_?\w{0,20})?$|^env(?:_?(?:or|str|int|bool|default)\w{0,12})?$|^getenv\w{0,20}$",
    re.IGNORECASE,
)
FILES = re.compile(r"(?:load|read)_?env", re.IGNORECASE)
"""How a function may be called that reads a file of variables: ``LoadEnvs("local")``."""
OWN_HELPER = re.compile(r"[eE]nv(?:$|[A-Z_])|ENV")
"""How a project's own function is called that asks for a variable in capitals: ``AccessENV("DB_HOST")``."""
CAMEL = re.compile(r"[a-z]+\d*(?:[A-Z][a-z0-9]+)+")
"""The name of a constant of the package: ``tokenSecretKey``."""
VARIABLE = re.compile(r"[A-Za-z][\w.]{0,60}")
GETTING = words("Get GetString GetInt MustGet GetBool Lookup Config")
SETTINGS = re.compile(r"(?:conf|config|cfg|configuration|settings|env)$", re.IGNORECASE)
UPPER = re.compile(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+")
PREFIXED = frozenset({"github.com/kelseyhightower/envconfig", "github.com/vrischmann/envconfig"})
"""Packages that fill every field of a struct from a variable of its name, with or without a tag."""
FILLS = words("envconfig.Process envconfig.MustProcess envconfig.Init envconfig.InitWithPrefix")
CONFIG_STRUCT = re.compile(r"(?:conf|config|cfg|settings|env|environment|spec|specification|options)$", re.IGNORECASE)
TAGS = frozenset({"env", "envconfig", "mapstructure"})
ENV_PACKAGES = (
    "github.com/caarlos0/env",
    "github.com/kelseyhightower/envconfig",
    "github.com/sethvargo/go-envconfig",
    "github.com/ilyakaznacheev/cleanenv",
    "github.com/spf13/viper",
    "github.com/joho/godotenv",
)


def read(module: Module, kept: Kept) -> None:
    """``os.Getenv``, viper, a project's helper around them, and structs whose tags name variables."""
    look = look_at(module)
    viper = look.imports("github.com/spf13/viper")
    for call in module.calls:
        first = (variable_of(call.args[0]) or _constant(look, call)) if call.args else ""
        if not first or not VARIABLE.fullmatch(first):
            continue
        helper = HELPER.search(call.last[:60]) and (first.isupper() or not FILES.match(call.last[:60]))
        own = OWN_HELPER.search(call.last[:60]) and first.isupper() and "set" not in call.last.lower()
        known = call.name in CALLS or helper or own or _is_asked(call, first)
        if known or (
            viper and call.last in VIPER and call.name.rpartition(".")[0] in ("viper", "v", "vp", "config", "cfg")
        ):
            if call.name in CALLS:
                keep_variable(kept, look, call, first)
            else:
                keep(kept, look, SignKind.ENV_READ, call, first)
    _structs(look, kept, viper=viper)


def _constant(look: Look, call: Call) -> str:
    """What a constant stands for that a helper is given, or its own name where it stands in another file."""
    arg = call.args[0]
    if not isinstance(arg, Name) or not (call.name in CALLS or HELPER.search(call.last[:60])):
        return ""
    value = look.value(arg, call.function)
    if value is not arg:
        return plain(value) or ""
    around = next(look.around(call.function), None)
    given = around is not None and any(item.name == arg.dotted for item in around.parameters)
    return arg.dotted if CAMEL.fullmatch(arg.dotted[:60]) and not given else ""


def _structs(look: Look, kept: Kept, *, viper: bool) -> None:
    """Structs that a package fills from the environment: by their tags, or field by field."""
    module = look.module
    automatic = viper and "AutomaticEnv" in module.text
    asked = next((call for call in module.calls if call.last == "AutomaticEnv"), None) if automatic else None
    if asked is not None:
        keep(kept, look, SignKind.ENV_READ, asked, "*")
    if not PREFIXED.isdisjoint(item.module for item in module.imports):
        owners = [owner for owner in module.classes if CONFIG_STRUCT.search(owner.name[-60:])]
        for field in (field for owner in owners for field in module.fields_of(owner) if not field.decorators):
            keep(kept, look, SignKind.ENV_READ, field, field.target.rpartition(".")[2].upper(), -1)
        if not owners:
            _elsewhere(look, kept)
    if not ("env:" in module.text or "envconfig:" in module.text or (viper and "mapstructure:" in module.text)):
        return
    for item in module.assignments:
        for tag in item.decorators:
            if isinstance(tag, Call) and tag.name in TAGS and tag.args:
                name = (plain(tag.args[0]) or "").partition(",")[0]
                if name and name != "-" and (tag.name != "mapstructure" or name.isupper() or automatic):
                    keep(kept, look, SignKind.ENV_READ, item, name, -1)


def _elsewhere(look: Look, kept: Kept) -> None:
    """``envconfig.Process("", cfg)`` for a struct of another file: the environment may set each of its fields."""
    call = next((call for call in look.module.calls if call.name in FILLS), None)
    if call is not None:
        keep(kept, look, SignKind.ENV_READ, call, "*")


def _is_asked(call: Call, name: str) -> bool:
    """``config.Get("DB_HOST")``, ``config.Registry.GetString("PORT")``: a variable by its name, from own settings."""
    if call.last not in GETTING or not name.isupper():
        return False
    parts = call.name[:120].split(".")[:-1]
    if "config" in parts[:-1] and parts[-1][:1].isupper():
        return True
    return bool(SETTINGS.search(head_of(call))) and bool(UPPER.fullmatch(name))


ENVIRONMENT_GO = Reader(name="environment (Go)", languages=GO, read=read)
