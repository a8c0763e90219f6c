"""Is the README the candidate's own?"""

from __future__ import annotations

from reviewer.model.check import Check
from reviewer.model.facts.repository import Documents
from reviewer.model.finding import Effort, Evidence, Verdict
from reviewer.model.verdict import not_applicable, not_shown, shown

CHECK = Check(
    title_shown="The README is the project's own",
    title_not_shown="The README is a generator's",
    looks_for="The stock texts of generators such as create-react-app, Nest or Laravel.",
    why="A stock README says that nobody expected a reader.",
    advice="Replace the generator's text by what this project does and how to run it.",
    effort=Effort.MINUTES,
    level=1,
    shown_when="The README is not a generator's.",
    does_not_count="Single links or badges of a framework.",
    skills=("Documentation",),
    computed="The README nearest to the root is compared with stock sentences of some twenty generators: two of "
    "them, and few other words, make it a generator's.",
    limits="Generators that are not in the table are missed, and a README that keeps the stock text below much "
    "text of its own counts as own.",
    links=("https://www.makeareadme.com/",),
    before="# Getting Started with Create React App\n\nThis project was bootstrapped with ...",
    pattern="# Shop\n\nSells plants: a catalogue, a cart and an order that can be followed.\n\n"
    "## Run\n    npm ci && npm start",
)


def run(documents: Documents) -> Verdict:
    """Looks for stock texts."""
    readme = documents.readme
    if readme is None:
        return not_applicable("There is no README.")
    place = [Evidence(path=readme.path, line=1, end_line=1, note="the README")]
    if readme.fact.template:
        return not_shown(f"The README is still that of {readme.fact.template}.", place)
    return shown("The README is the project's own.", place)
