"""Is any key, password or token in a commit?"""

from __future__ import annotations

from reviewer.model.check import Check
from reviewer.model.facts.code import SignKind
from reviewer.model.facts.documents import Secret, SecretStanding
from reviewer.model.facts.history import History
from reviewer.model.facts.repository import Code, Documents
from reviewer.model.facts.values import At
from reviewer.model.finding import Effort, Evidence, Verdict
from reviewer.model.verdict import LIKELY, count, evidence, not_applicable, not_shown, partly, shown

REAL = (SecretStanding.REAL, SecretStanding.HISTORY)

CHECK = Check(
    title_shown="No secret in any commit",
    title_not_shown="What looks like a secret is committed",
    title_partly="A private key is committed as an example",
    looks_for="Keys, tokens and passwords in files and in the lines that own commits added.",
    why="A pushed secret is public for ever; employers search for it before they hire.",
    advice="Revoke each listed secret first, then read it from the environment; history keeps the old value.",
    effort=Effort.HOURS,
    level=2,
    shown_when="Nothing that looks like a real secret is found.",
    does_not_count="Placeholders, examples, values of tests, seeds and demonstrations, hashes, short-lived or made-up"
    " tokens, passwords of a database on the same machine or in a container, throwaway values of settings for"
    " development, keys that are public by design (Firebase, Maps).",
    computed="Known formats of keys, addresses with a password, and names such as password or secret with a literal"
    " value are searched by pattern in every own text file and in the added lines of the candidate's newest 2,000"
    " commits. Value, file and neighbouring lines tell what looks real from what is made up. Values are never kept.",
    limits="No key is tried out, so one that was revoked looks the same. Binary files, other people's commits and"
    " values that are put together from parts are not seen; a plain word as a password is taken for a test value.",
    links=(
        "https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/removing-sensitive-data-from-a-repository",
        "https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html",
    ),
    before='stripe.api_key = "(the key itself)"',
    pattern='stripe.api_key = os.environ["STRIPE_API_KEY"]\n\n# .gitignore\n.env',
    skills=("Git",),
)


def run(secrets: tuple[At[Secret], ...], history: History, code: Code, documents: Documents) -> Verdict:
    """Real secrets, in files first."""
    real = [item for item in secrets if item.fact.standing in REAL]
    if real:
        kinds = ", ".join(sorted({item.fact.kind for item in real})[:4])
        places = count(len(real), "place")
        summary = f"What looks like a real secret stands in {places}: {kinds}."
        return not_shown(summary, [_place(item) for item in real], LIKELY, at=real[0].path)
    keys = [item for item in secrets if item.fact.kind.startswith("private key")]
    if any(item.fact.standing is SecretStanding.PLACEHOLDER for item in keys):
        return partly("A private key is committed, marked as an example.", [_place(keys[0])], LIKELY)
    if not code.modules:
        return not_applicable("There is no code of the candidate's own that could hold one.")
    searched = "the files" if not history.complete else "the files and the history"
    return shown(f"No real secret found in {searched}.", _care(code, documents), LIKELY)


def _care(code: Code, documents: Documents) -> list[Evidence]:
    """What keeps secrets out: settings from the environment, an ignored .env; else where secrets would stand."""
    ignored = [item for item in documents.others if any(".env" in pattern for pattern in item.fact.ignores)]
    places = [Evidence(path=item.path, line=1, end_line=1, note="ignores .env") for item in ignored[:1]]
    places += evidence(code.of(SignKind.ENV_READ)[:2], "read from settings")
    return places or [Evidence(path=code.modules[0].path, line=1, end_line=1, note="searched")]


def _place(item: At[Secret]) -> Evidence:
    fact = item.fact
    note = f"{fact.kind}, in the history" if fact.standing is SecretStanding.HISTORY else fact.kind
    return Evidence(path=item.path, line=fact.line, end_line=fact.line, commit=fact.commit, note=note)
