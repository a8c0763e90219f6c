"""How Go code treats errors: there are no exceptions, so a branch taken on an error is the handler of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reviewer.gather.languages.go._walker import Walker, parts
from reviewer.gather.syntax import Call, Catch, Expr, Name, Number, Other, dotted, walk
from reviewer.model.facts.code import CatchBody

if TYPE_CHECKING:
    from tree_sitter import Node

ERROR_NAME = re.compile(r"(?:err|error|\w*(?:Err|Error)|e)\d?")
MADE_ERROR = re.compile(r"err|wrap|fail|fault|abort|panic", re.IGNORECASE)
"""What functions that make or pass on an error have in their names."""
LOGGING = re.compile(
    r"(?:^|\.)(?:\w*[lL]og(?:ger|rus)?|slog|zap|klog|glog|sugar|sentry|log\.\w+|L|zlog)\.|^log[A-Z]|^print|^fmt\.F?[pP]rint"
)
IDLE = frozenset({"return_statement", "continue_statement", "break_statement", "empty_statement"})
QUIET = frozenset(
    {
        *(
            "Close",
            "Sync",
            "Flush",
            "Rollback",
            "Write",
            "WriteString",
            "Fprint",
            "Fprintf",
            "Fprintln",
            "Load",
            "Setenv",
        ),
        *("Remove", "RemoveAll", "Shutdown", "Encode", "Disconnect", "Stop", "Terminate", "Unlock", "Copy", "Start"),
        *("SetReadDeadline", "SetWriteDeadline", "SetDeadline", "Register", "BindEnv", "BindPFlag", "MarkFlagRequired"),
    }
)
"""Calls whose error is commonly let go on purpose."""
FAILING = frozenset(
    {
        *("strconv.Atoi", "strconv.ParseInt", "strconv.ParseUint", "strconv.ParseFloat", "strconv.ParseBool"),
        *("json.Unmarshal", "ioutil.ReadAll", "io.ReadAll", "os.Open", "os.ReadFile", "ioutil.ReadFile"),
        *("bcrypt.GenerateFromPassword", "http.NewRequest", "http.Get", "http.Post", "time.Parse", "sql.Open"),
        *("uuid.Parse", "uuid.FromString", "primitive.ObjectIDFromHex", "url.Parse", "time.LoadLocation"),
    }
)
"""Functions whose last result is an error for certain."""
ERROR_CALLS = frozenset(
    {"errors.Is", "errors.As", "os.IsNotExist", "gorm.IsRecordNotFoundError", "mongo.IsDuplicateKeyError"}
)


def error_in(condition: Expr) -> tuple[bool, tuple[str, ...]] | None:
    """Whether a condition asks for an error: (whether its branch is the failing one, the errors it names), or None."""
    for part in walk(condition):
        if isinstance(part, Other) and part.kind == "binary_expression" and len(part.operands) == 2:
            left, right = part.operands
            if part.operator not in ("!=", "==") or not is_error(left):
                continue
            if isinstance(right, Number) and right.text == "nil":
                return part.operator == "!=", ("error",)
            if isinstance(right, Name) and MADE_ERROR.search(right.dotted):
                return part.operator == "==", (right.dotted,)
        elif isinstance(part, Call) and part.name in ERROR_CALLS and part.args:
            return True, tuple(dotted(arg) for arg in part.args[1:2] if dotted(arg)) or ("error",)
    return None


def is_error(expr: Expr) -> bool:
    """Whether an expression is called like an error."""
    return isinstance(expr, Name) and bool(ERROR_NAME.fullmatch(expr.dotted.rpartition(".")[2]))


def passes_on(value: Expr) -> bool:
    """Whether a returned value is an error: a name for one, or a call that makes one."""
    if isinstance(value, Name):
        last = value.dotted.rpartition(".")[2]
        return bool(ERROR_NAME.fullmatch(last)) or last.startswith("Err")
    return isinstance(value, Call) and bool(MADE_ERROR.search(value.name))


def keep_branch(walker: Walker, node: Node | None, types: tuple[str, ...], calls: int, passed_on: int) -> None:
    """Keeps the branch of an error as a handler, once it was walked.

    Args:
        node: the block.
        types: the errors that are asked for.
        calls: how many calls there were before the block.
        passed_on: how many errors had been passed on before it.
    """
    if node is None:
        return
    does = CatchBody.HANDLED
    if walker.passed_on > passed_on:
        does = CatchBody.RAISED
    elif any(LOGGING.search(call.name) for call in walker.calls[calls:]):
        does = CatchBody.LOGGED
    elif is_idle(node):
        does = CatchBody.EMPTY
    walker.catches.append(Catch(node.start_point[0] + 1, node.end_point[0] + 1, types, does, walker.scope.index))


def is_idle(block: Node) -> bool:
    """Whether a block does nothing but leave, without a value."""
    statements = [
        item for child in parts(block) for item in (parts(child) if child.type == "statement_list" else [child])
    ]
    return all(item.type in IDLE and not item.named_child_count for item in statements)


def keep_ignored(walker: Walker, targets: list[str], values: list[Expr], line: int) -> None:
    """``_ = f()`` and ``n, _ := strconv.Atoi(s)`` let an error go unseen; ``var _ = f()`` outside of any function runs
    what is declared."""
    if not targets or targets[-1] != "_" or len(values) != 1 or not isinstance(values[0], Call):
        return
    if len(targets) == 1 and walker.scope.index == -1:
        return
    call = values[0]
    if [arg.text for arg in call.args if isinstance(arg, Number)] == ["nil"] or any(
        passes_on(arg) for arg in call.args
    ):
        return
    ignored = call.last not in QUIET and not call.new if len(targets) == 1 else call.name in FAILING
    if ignored and call.name:
        walker.catches.append(Catch(line, line, ("error",), CatchBody.EMPTY, walker.scope.index))
