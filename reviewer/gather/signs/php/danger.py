"""Calls of PHP that run, load or unpack what they are given, where it is not the program's own."""

from __future__ import annotations

import re

from reviewer.gather.data.outside import Origin, Origins
from reviewer.gather.expressions import inside
from reviewer.gather.look import Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import keep
from reviewer.gather.signs.php._php import PHP, is_request
from reviewer.gather.syntax import Call, Expr, Module, Name, Text, plain
from reviewer.model.facts.code import SignKind

RUNNING = words("eval create_function assert")
SHELLS = words("exec system shell_exec passthru popen proc_open pcntl_exec")
ESCAPING = words("escapeshellarg escapeshellcmd intval basename realpath")
LOADING = words("include include_once require require_once")
UNPACKING = words("unserialize yaml_parse")
REQUEST_ONLY = words(
    "call_user_func call_user_func_array file_get_contents readfile fopen unlink simplexml_load_string highlight_file"
)
"""Calls that are dangerous only where the request itself names what they do it to."""
EXECUTING = re.compile(r".*[/#~@%|!][a-zA-Z]*e[a-zA-Z]*", re.DOTALL)
"""A pattern whose flags have the replacement run as code."""
GLOBALS = words("extract parse_str")


def read(module: Module, kept: Kept) -> None:
    """``eval``, shells, ``unserialize``, files and functions that the request names, ``extract($_POST)``."""
    look = look_at(module)
    origins: list[Origins] = []
    own = look.outer_functions
    for call in module.calls:
        if call.name in own or not call.args:
            continue
        if _is_dangerous(look, call, origins):
            keep(kept, look, SignKind.DANGEROUS_CALL, call, call.name)


def _is_dangerous(look: Look, call: Call, origins: list[Origins]) -> bool:
    name, first = call.name, call.args[0]
    if name in RUNNING:
        if name == "assert":
            return isinstance(first, (Text, Name)) and _requested(look, first, call)
        return not look.is_constant(first, call.function)
    if name in SHELLS:
        return _unescaped(look, first, call, origins)
    if name in LOADING or name in REQUEST_ONLY:
        return _requested(look, first, call)
    if name in UNPACKING:
        return len(call.args) < 2 and _requested(look, first, call)
    if name in GLOBALS:
        return is_request(first) and (name == "extract" or len(call.args) < 2)
    return name == "preg_replace" and bool(EXECUTING.fullmatch((plain(first) or "")[-40:]))


def _unescaped(look: Look, expr: Expr, call: Call, origins: list[Origins]) -> bool:
    """A command with a value in it that comes from outside, or may, and that nothing escapes."""
    value = look.value(expr, call.function)
    if look.is_constant(value, call.function):
        return False
    if any(isinstance(part, Call) and part.name in ESCAPING for part in inside(value)):
        return False
    if not origins:
        origins.append(Origins(look))
    return origins[0].of(value, call.function) == Origin.OUTSIDE


def _requested(look: Look, expr: Expr, call: Call) -> bool:
    """Whether an expression holds a value of the request as it came, through one name as well."""
    for part in inside(look.value(expr, call.function)):
        if isinstance(part, Call) and part.name in (*ESCAPING, "in_array", "array_key_exists", "hash"):
            return False
        if isinstance(part, Name):
            known = look.value(part, call.function)
            if part.dotted.startswith("_FILES.") and part.dotted.endswith("tmp_name"):
                return False
            if is_request(part) or (known is not part and is_request(known) and not _cleaned(known)):
                return True
    return False


def _cleaned(expr: Expr | None) -> bool:
    return any(isinstance(part, Call) and part.name in ESCAPING for part in inside(expr))


DANGER_PHP = Reader(name="dangerous calls (PHP)", languages=PHP, read=read)
