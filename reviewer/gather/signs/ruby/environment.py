"""Configuration that Ruby programs read from the environment and from Rails' credentials."""

from __future__ import annotations

import re

from reviewer.gather.expressions import plain_or_name
from reviewer.gather.look import LINE_LIMIT, look_at
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import keep
from reviewer.gather.signs.ruby._ruby import RUBY
from reviewer.gather.syntax import Module, Name, plain
from reviewer.model.facts.code import SignKind

READ = re.compile(r"\bENV\[\s?[\"']([A-Za-z_]\w{0,80})[\"']\s?\](?!\s{0,3}(?:\|\||&&)?=(?!=))")
CREDENTIALS = ("Rails.application.credentials.", "Rails.application.secrets.", "Figaro.env.")
HANAMI_SETTINGS = "Hanami::Settings"
"""The class whose every ``setting`` Hanami reads from the variable of its name."""
READERS = ("ENV.fetch", "ENV.key?", "ENV.has_key?", "Rails.application.credentials.dig")


def read(module: Module, kept: Kept) -> None:
    """``ENV["X"]``, ``ENV.fetch("X")``, ``Rails.application.credentials.x``."""
    look = look_at(module)
    if "ENV" in module.text:
        for number, line in enumerate(look.lines, 1):
            if "ENV[" in line and not line.lstrip().startswith("#"):
                for match in READ.finditer(line[:LINE_LIMIT]):
                    keep(kept, look, SignKind.ENV_READ, Name("", number), match[1], -1)
    hanami = HANAMI_SETTINGS in module.text
    for call in module.calls:
        if hanami and call.name == "setting" and call.args and (asked := plain_or_name(call.args[0])):
            keep(kept, look, SignKind.ENV_READ, call, asked.lstrip(":").upper())
        elif call.name in READERS and call.args and (name := plain(call.args[0])):
            keep(kept, look, SignKind.ENV_READ, call, name)
        elif call.name.startswith(CREDENTIALS):
            keep(kept, look, SignKind.ENV_READ, call, call.name.removeprefix("Rails.application."))


ENVIRONMENT_RUBY = Reader(name="environment (Ruby)", languages=RUBY, read=read)
