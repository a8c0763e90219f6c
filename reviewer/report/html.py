"""The page: one file without anything from elsewhere, drawn from the document alone."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import lru_cache

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup, escape

from reviewer.model.document import Report
from reviewer.report import resources, sanitise
from reviewer.report.charts import dots, strip, weeks
from reviewer.report.view import view

POLICY = (
    "default-src 'none'; style-src '{style}'; script-src '{script}'; img-src data:; base-uri 'none'; form-action 'none'"
)
BLANK_LINES = re.compile(r"\n\s*\n")
"""What template tags leave behind; no text of the page holds a line break of its own but a pattern's."""


def render_html(report: Report) -> str:
    """The page as text; the same document gives the same text."""
    style, script = _lean("report.css"), _lean("report.js")
    policy = POLICY.format(style=_hash(style), script=_hash(script))
    page = _environment().get_template("report.html")
    text = page.render(
        view=view(report),
        policy=policy,
        # Our own files, never a stranger's text.
        style=Markup(style),
        script=Markup(script),
        strip=strip,
        dots=dots,
        weeks_height=weeks.HEIGHT,
    )
    return BLANK_LINES.sub("\n", text).lstrip()


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=FunctionLoader(resources.template),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_safe,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["prose"] = _prose
    return environment


def _safe(value: object) -> object:
    """The last line of defence: whatever field a text came from, no control or direction mark reaches the page."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return sanitise.UNSAFE.sub(sanitise.escape, value)
    return value


def _prose(text: str) -> Markup:
    """A sentence with what stands between backticks as code; one with an odd backtick stays as it is."""
    parts = sanitise.UNSAFE.sub(sanitise.escape, text).split("`")
    if len(parts) % 2 == 0:
        return escape("`".join(parts))
    code = Markup("<code>{}</code>")
    return Markup("").join(code.format(part) if index % 2 else escape(part) for index, part in enumerate(parts))


def _lean(name: str) -> str:
    """A style sheet or script without indentation and blank lines."""
    return "".join(line.strip() + "\n" for line in resources.template(name).splitlines() if line.strip())


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
