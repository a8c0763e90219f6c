"""Messages that say why, messages that need not, and look-alikes that say neither."""

from __future__ import annotations

import pytest

from checks.commits._reasons import Reason, reason

GIVEN = (
    "Drop the index because nobody filters by status",
    "Lock the row so that two orders cannot take the last item",
    "fix: cart total was wrong for empty carts",
    "fix(auth): token is refused after a refresh when clocks differ",
    "Retry the payment to avoid double charges",
    "Keep the session open until the export ends",
    "Stop asking for the city, it slowed the form down and nobody used it: bad idea",
    "remove real names from the fixtures of the importer",
    "n+1 in the list of candidates",
    "Make the search faster",
    "updated php dockerfile to decrease final image size",
    "Change the makefile to wait for the database",
    "Add a message where the address was missing",
    "Fix not found exception in the list of users",
    "corrige total do carrinho que não somava o frete",
    "Evita enviar el correo dos veces",
    "Register customers (#4)\n\n* Add the form\n\nGuests asked for their orders, and nobody could find them here.",
    "feat(api): return 409\n\nThe second request used to overwrite what the first had written without a word.",
)
SELF_EVIDENT = (
    "test: cover the refund",
    "docs(company): update swagger",
    "Add tests for orders without items",
    "Fix typos in the manual",
    "Remove unused imports",
    "Rename Order to Purchase",
    "Bump express from 4.17.1 to 4.18.2",
    "Format with prettier",
    "first commit",
    "updated php-cs-fixer rules",
    "build(ruff): drop one rule",
    "Apply black",
    "updated project to symfony 5.3",
    "updated mysql and nginx versions",
    "set php version requirement to 7.2",
    "refactor(llm): remove tmp tool module",
    "Delete vendored files",
    "Limpeza do controller",
    "chore: update nuget packages",
    "chore: migrate to .net 9",
    "Improve code styling",
    "delete secret",
    "Fix conflict",
    "update .gitignore",
    "Update READ_ME",
)
NEITHER = (
    "Add the orders endpoint",
    "feat: create module login",
    "feat(mail): recover password",
    "fix: entities relations",
    "update candidacy error handling",
    "Show the error page in the layout",
    "feat: send a token when the login is completed",
    "Use the new client",
    "Add missing endpoint",
    "Register customers (#4)\n\n* Add the form\n\n* Add the controller of sessions\n\n* Show the name in the menu\n",
    "Remove database package",
    "Move orders to the store",
    "Change stylish names",
    "Celery task for views (not complete)",
    "issue #73",
    "feat(auth): add user exceptions",
    "feat(message): add message not found exception",
    "Create an error handler",
    "fix(logging): remove exception log from db session",
    "Change the background to black",
    "Update the rate to 15",
    "Update the version shown on the page",
    "Remove the vendor from the order",
    "Delete the template of a product",
    "adiciona rota de vagas",
    'Revert "Use the new client"\n\nThis reverts commit 98ef415b7cc25763e80fbc6c83d58d85aabaf414.',
    "feat: add a mail on registration\n\nfeat: add a mail on registration of a user",
    "Add the client\n\nSigned-off-by: Ada Lovelace with a very long name of eight words <ada@example.com>",
)
CASES = (
    *((message, Reason.GIVEN) for message in GIVEN),
    *((message, Reason.SELF_EVIDENT) for message in SELF_EVIDENT),
    *((message, None) for message in NEITHER),
)


@pytest.mark.parametrize(("message", "expected"), CASES, ids=[message.partition("\n")[0] for message, _ in CASES])
def test_why_a_change_was_made(message: str, expected: Reason | None) -> None:
    subject, _, body = message.partition("\n")
    assert reason(subject, body.strip()) is expected


LONG = {
    "nothing": ("", None),
    "spaces": (" " * 60_000, None),
    "one letter": ("a" * 60_000, None),
    "labels that never end": ("fix(" * 9_000, None),
    "a reason again and again": ("because " * 9_000, Reason.GIVEN),
    "a reason behind what is read": ("a " * 4_000 + "because", None),
}


@pytest.mark.parametrize(("text", "expected"), LONG.values(), ids=LONG.keys())
def test_long_and_empty_messages(text: str, expected: Reason | None) -> None:
    assert reason(text, text) is expected
