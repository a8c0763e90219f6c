"""Finds the cases of the specs of Kotest and Spek, in each of the styles that it knows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from reviewer.gather.expressions import last, truth
from reviewer.gather.look import Look, words
from reviewer.gather.syntax import Attribute, Call, Expr, Lambda, Text, dotted, plain
from reviewer.gather.testing._draft import Draft
from reviewer.gather.testing.jvm._names import KOTEST, SPEK

LEAVES: dict[str, frozenset[str]] = {
    "StringSpec": words("config"),
    "FunSpec": words("test xtest"),
    "ShouldSpec": words("should xshould"),
    "DescribeSpec": words("it xit"),
    "BehaviorSpec": words("then Then xthen xThen"),
    "WordSpec": words("config"),
    "FreeSpec": words("config"),
    "ExpectSpec": words("expect xexpect"),
    "FeatureSpec": words("scenario xscenario"),
    "Spek": words("it xit test Then xThen And"),
    "SubjectSpek": words("it xit test"),
}
"""The calls that are cases, by style; a text called with a block is one in styles that take texts."""
OWN = "a spec of the project's own"
"""The style of a class whose base lies in another file: any of the others."""
LEAVES[OWN] = frozenset().union(*LEAVES.values()) - {"And"}
BY_TEXT = words("StringSpec FreeSpec WordSpec") | {OWN}
SPECS = ("io.kotest", "io.kotlintest", "org.jetbrains.spek", "org.spekframework")
DATA = words("withData withTests")
CONFIGURED = "config"
ANNOTATED = "AnnotationSpec"


@dataclass(frozen=True, slots=True)
class _Block:
    """A lambda of a spec: what it is called, and the call that it is handed to."""

    name: str
    call: Call


def specs_of(look: Look) -> dict[int, str]:
    """The classes of a file that are specs, with their styles."""
    found = {}
    called = {call.owner for call in look.module.calls if isinstance(call.callee, Text) and _takes_block(call)}
    for item in look.module.classes:
        style = _style(look, item.bases, item.index in called)
        if style:
            found[item.index] = style
    return found


def _takes_block(call: Call) -> bool:
    return bool(call.args) and isinstance(call.args[-1], Lambda)


def _style(look: Look, bases: Iterable[Expr], called: bool) -> str:
    """Of what a class extends: ``StringSpec({ })``, ``DatabaseSpec(source, { })``, ``IntegrationSpec()``.

    ``called`` says that it calls texts with blocks, which only specs do, whatever its base is named.
    """
    for base in bases:
        name = last(dotted(base.callee if isinstance(base, Call) else base))
        if name in LEAVES or name == ANNOTATED:
            return name
        own = isinstance(base, Call) and (called or _takes_block(base) or name.endswith("Spec"))
        if own and look.imports(*SPECS):
            return OWN
    return ""


def find_specs(look: Look) -> Iterator[Draft]:
    """The cases of every spec of a file, in source order; a case that holds others is a group."""
    styles = specs_of(look)
    blocks = {
        arg.function: _Block(_name(call), call)
        for call in look.module.calls
        if call.owner in styles
        for arg in call.args[-1:]
        if isinstance(arg, Lambda)
    }
    cases = {function: block for function, block in blocks.items() if _is_case(block.call, styles[block.call.owner])}
    groups = {item.index for function in cases for item in list(look.around(function))[1:] if item.index in cases}
    for function, block in cases.items():
        if function in groups:
            continue
        around = [blocks[item.index] for item in look.around(function) if item.index in blocks]
        yield Draft(
            name=" > ".join(item.name for item in reversed(around) if item.name),
            framework=SPEK if styles[block.call.owner].endswith(SPEK) else KOTEST,
            line=block.call.line,
            end_line=block.call.end_line,
            function=function,
            skipped=any(_is_off(item) for item in around),
        )


def _is_case(call: Call, style: str) -> bool:
    if isinstance(call.callee, Text):
        return style in BY_TEXT
    if call.last == CONFIGURED and isinstance(call.callee, Attribute):
        subject = call.callee.value
        return isinstance(subject, Text) or (isinstance(subject, Call) and subject.last in LEAVES.get(style, ()))
    return call.name in (LEAVES.get(style, frozenset()) | DATA) - {CONFIGURED}


def _name(call: Call) -> str:
    """The text that a block is given: before it, or as the first argument."""
    subject: Expr = call.callee.value if isinstance(call.callee, Attribute) else call.callee
    if isinstance(subject, Call):
        subject = subject.args[0] if subject.args else subject
    return plain(subject) or (plain(call.args[0]) if call.args else None) or ""


def _is_off(block: _Block) -> bool:
    """``xtest``, ``"!name"``, ``.config(enabled = false)``."""
    subject = block.call.callee.value if isinstance(block.call.callee, Attribute) else None
    names = (block.call.last, subject.last if isinstance(subject, Call) else "")
    crossed = any(name[:1] == "x" and len(name) > 2 for name in names)
    return crossed or block.name.startswith("!") or truth(block.call.keywords.get("enabled")) is False
