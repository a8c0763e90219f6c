"""Texts that attack a page, a terminal, a Markdown file or a CI log, and a document full of them."""

from __future__ import annotations

from itertools import count
from typing import Any

import msgspec

from reviewer.model.document import Report
from tests.report import samples

PWN = "window.__pwned=1"
MARKUP = [
    f"<img src=x onerror={PWN}>",
    f'"><svg onload={PWN}>',
    f"<script>{PWN}</script>",
    f"</title><script>{PWN}</script>",
    f"</style><script>{PWN}</script>",
    f"--><script>{PWN}</script><!--",
    f"<iframe srcdoc='<script>parent.{PWN}</script>'>",
    f"javascript:{PWN}",
    f"data:text/html,<script>{PWN}</script>",
    f"&lt;img src=x onerror={PWN}&gt;",
    f"<a href=javascript:{PWN}>x</a>",
    "<base href=https://evil.invalid/>",
    "<meta http-equiv=refresh content=0;url=https://evil.invalid>",
    "<style>@import'https://evil.invalid'</style>",
    f"<details open ontoggle={PWN}>",
    f'x" autofocus onfocus={PWN} a="',
    f"x' autofocus onfocus={PWN} a='",
    f"<textarea></textarea><img src=x onerror={PWN}>",
    "{{7*191}} {% print(7*191) %} ${7*191} <%= 7*191 %>",
    'https://evil.invalid/x?a=1" onclick="alert(1)',
    f"</code></pre><script>{PWN}</script>",
]
TERMINAL = [
    "\x1b[2J\x1b[1;1H",
    "\x1b]0;pwned\x07",
    "\x1b]8;;https://evil.invalid\x1b\\click\x1b]8;;\x1b\\",
    "\x9b31m",
    "\r100/100 PASS",
    "\x08" * 30,
    "file\u202egnp.exe",
    "a\u2066b\u2069\u200b\ufeff",
    "\u2028line\u2029",
    "\U000e0041\U000e007f",
    "lone \udc80 surrogate",
    "tab\tand\nnewline",
]
LOG = [
    "::set-output name=score::100",
    "##[set-env name=PATH]/x",
    "  ::error file=a,line=1::pwn",
    "a\n::stop-commands::x",
    "a ##[group]x",
]
MARKDOWN = [
    "a|b|c.py",
    "`` ` ``.py",
    "](https://evil.invalid)[x.py",
    "![x](https://evil.invalid/a.png)",
    "@everyone",
    "# Approved",
    "\n\n# Approved\n\n.py",
    "```\n.py",
    "~~~\n# x.py",
    "<!-- x.py",
    "\\`.py",
    "|\n|-|\n.py",
    "Fixes #1, closes octo/repo#2 @octo/team https://evil.invalid www.evil.invalid",
    "`<b>x</b>`",
]
TEXTS = [*MARKUP, *TERMINAL, *LOG, *MARKDOWN, "x" * 5000, ""]
FIXED = frozenset({"state", "outcome", "status", "importance", "kind", "confidence", "schema_version"})
"""Fields whose values are words of the program's own; they are left as they are so that every part is drawn."""


def document() -> Report:
    """The candidate of the middle with every stranger's text replaced by an attack, each attack many times over."""
    plain = msgspec.to_builtins(samples.candidate())
    plain["repositories"][0]["api"]["endpoints"] *= 5
    return msgspec.convert(_replaced(plain, count()), Report)


def _replaced(value: Any, numbers: Any) -> Any:
    if isinstance(value, str):
        return TEXTS[next(numbers) % len(TEXTS)]
    if isinstance(value, list | tuple):
        return [_replaced(item, numbers) for item in value]
    if isinstance(value, dict):
        return {key: item if key in FIXED else _replaced(item, numbers) for key, item in value.items()}
    return value
