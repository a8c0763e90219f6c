"""WordPress's own functions over posts, their meta data, terms, users and options."""

from __future__ import annotations

from reviewer.gather.data.names import data_use
from reviewer.gather.data.queries import DATA_VERBS, add_statement
from reviewer.gather.expressions import option
from reviewer.gather.look import look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.syntax import Call, Module
from reviewer.model.facts.data import Feature, How, Statement

LAYER = "WordPress posts"
FUNCTIONS = {
    **dict.fromkeys(("get_posts", "get_pages", "wp_get_recent_posts", "get_children"), ("select", "posts", True)),
    **dict.fromkeys(("get_post", "get_page_by_path", "get_page_by_title"), ("select", "posts", False)),
    "wp_insert_post": ("insert", "posts", None),
    "wp_update_post": ("update", "posts", None),
    **dict.fromkeys(("wp_delete_post", "wp_trash_post"), ("delete", "posts", None)),
    **dict.fromkeys(("get_users", "get_terms"), ("select", "", True)),
    **dict.fromkeys(("wp_insert_user", "wp_create_user"), ("insert", "users", None)),
}
"""What each does, its table, whether it gives many rows: https://developer.wordpress.org/reference/functions/"""
CLASSES = {"WP_Query": "posts", "WP_User_Query": "users", "WP_Term_Query": "terms"}
LIMITS = words("posts_per_page numberposts number showposts")


def read_wordpress_posts(module: Module, kept: Kept) -> None:
    """Keeps the queries of a file that go through these functions."""
    if not any(name in module.text for name in (*FUNCTIONS, *CLASSES)):
        return
    look = look_at(module)
    own = look.outer_functions
    line = 0
    for call in module.calls:
        verb, table, many = _said(call)
        if not verb or call.name in own:
            continue
        limited = any(option(call, key) is not None for key in LIMITS)
        statement = Statement(
            verb=verb,
            line=call.line,
            end_line=call.end_line,
            layer=LAYER,
            tables=(table,) if table else (),
            features=(Feature.LIMIT,) if limited else (),
            in_loop=call.loops > 0 and verb in DATA_VERBS,
            many=many,
            function=look.qualname(call.function),
        )
        add_statement(kept, look, statement, call)
        line = line or call.line
    if line:
        kept.data.append(data_use(LAYER, How.QUERIED, line))


def _said(call: Call) -> tuple[str, str, bool | None]:
    if call.new and call.last in CLASSES:
        return "select", CLASSES[call.last], True
    return FUNCTIONS.get(call.name, ("", "", None)) if not call.new else ("", "", None)


WORDPRESS_POSTS = Reader(name=LAYER, languages=("PHP",), read=read_wordpress_posts)
