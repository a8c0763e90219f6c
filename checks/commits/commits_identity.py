"""Do the candidate's names and addresses resolve to one person?"""

from __future__ import annotations

from checks.commits._own import newest, place
from reviewer.model.check import Check
from reviewer.model.facts.history import History
from reviewer.model.finding import Effort, Verdict
from reviewer.model.verdict import LIKELY, count, not_applicable, partly, shown

MANY = 3

CHECK = Check(
    title_shown="Commits carry one identity",
    title_not_shown="Commits carry several identities",
    looks_for="The names and addresses under which the candidate commits.",
    why="GitHub credits commits by address; scattered identities hide own work.",
    advice="Set user.name and user.email once, and add older addresses to the GitHub account.",
    effort=Effort.MINUTES,
    level=1,
    shown_when="The own commits carry at most two names and two addresses; partly with more.",
    does_not_count="GitHub's own noreply addresses.",
    skills=("Git",),
)


def run(history: History) -> Verdict:
    """Names and addresses of the candidate."""
    own = [person for person in history.people if person.own and person.commits]
    if not own or not history.own_known:
        return not_applicable("Nobody is named as the candidate.")
    names = {name for person in own for name in person.names}
    addresses = {item for person in own for item in person.addresses if "noreply" not in item}
    summary = f"Own commits carry {count(len(names), 'name')} and {count(len(addresses), 'address', 'addresses')}."
    proof = [place(commit) for commit in newest(history)]
    if len(names) < MANY and len(addresses) < MANY:
        return shown(summary, proof, LIKELY)
    return partly(f"{summary[:-1]}; at most 2 of each expected.", proof, LIKELY)
