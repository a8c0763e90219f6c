"""The one composition root: targets and settings in, a finished review and its report out. The public Python API."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from reviewer import __version__, engine, states
from reviewer.elsewhere import unrecognised
from reviewer.gather import registry
from reviewer.gather.lines import LineReader
from reviewer.gather.tools import Timings, Tools
from reviewer.gather.worker import Pool
from reviewer.kept import KeptReviews, Question
from reviewer.model.check import Check
from reviewer.model.document import Report
from reviewer.model.facts.pulls import Pulls
from reviewer.model.finding import Finding
from reviewer.model.repository import Status, Subject
from reviewer.model.requirement import Ledger, Profile
from reviewer.model.review import RepositoryReview, Review
from reviewer.model.target import Target
from reviewer.planning import ledger
from reviewer.readiness import skill_levels
from reviewer.report.document import document
from reviewer.settings import Settings, cache_folder
from reviewer.skills.profiles import load_profile
from reviewer.skills.taxonomy import Taxonomy
from reviewer.sources.find import Found, find
from reviewer.sources.open import Opener, Result
from reviewer.store import Store
from reviewer.strength import strength
from reviewer.waiving import unused, waived

Say = Callable[[str], None]


@dataclass(slots=True)
class Made:
    """A finished review. ``trouble`` is what went wrong around it: a host or a cache that could not be used."""

    review: Review
    report: Report
    trouble: tuple[str, ...] = ()
    timings: Timings = field(default_factory=Timings)

    @property
    def reviewed(self) -> int:
        """How many repositories were reviewed."""
        return sum(item.status is Status.REVIEWED for item in self.review.repositories)

    @property
    def failed(self) -> int:
        """How many could not be read."""
        return sum(item.status is Status.FAILED for item in self.review.repositories)


def review(targets: Sequence[Target], settings: Settings, say: Say = lambda _line: None) -> Made:
    """Reviews everything that the targets name against one profile.

    Args:
        targets: from `reviewer.sources.targets.read_target`.
        settings: from `reviewer.settings.read_settings`.
        say: gets one line of progress at a time.

    Raises:
        HostError: a login, repository or token that the host does not know.
        ProfileError: the profile cannot be read.
    """
    taxonomy = Taxonomy.built_in()
    profile = load_profile(settings.profile, taxonomy)
    found = find(targets, settings)
    cache = cache_folder(settings)
    timings = Timings()
    with (
        tempfile.TemporaryDirectory(prefix="reviewer-") as workspace,
        Store(cache) as store,
        Pool(settings.jobs or os.cpu_count() or 1) as pool,
    ):
        tools = Tools(pool, store, timings)
        opener = Opener(settings, cache, Path(workspace), found.host)
        run = _Run(found, settings, tools, say, KeptReviews(store))
        reviews = tuple(_answered(item, settings) for item in run.all(opener))
        timings.step("checks")
        notes = dict.fromkeys([*run.notes, *_unused(reviews, settings)])
        made = _review(found, profile, taxonomy, reviews, notes, bool(run.who))
        report = document(made, snippets=run.snippets(), checks={item.id: item.check for item in engine.catalogue()})
        timings.step("report")
        trouble = tuple(line for line in (found.trouble, store.note) if line)
    return Made(made, report, trouble, timings)


@dataclass(slots=True)
class _Run:
    """Reads repository after repository; clones arrive from threads while others are read."""

    found: Found
    settings: Settings
    tools: Tools
    say: Say
    kept: KeptReviews
    readers: dict[str, LineReader] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def all(self, opener: Opener) -> tuple[RepositoryReview, ...]:
        """Every repository that was found, reviewed or not, by name."""
        reviews: dict[str, RepositoryReview] = {}
        opened: dict[str, Result] = {}
        with contextlib.closing(opener.each(self.found.repositories)) as results:
            for result in results:
                self.tools.timings.step("open")
                name = result[0].name
                opened[name], reviews[name] = result, self._one(result, self.who)
                self.say(f"{name}: {reviews[name].reason or 'reviewed'}")
        if self.found.subject is not None:
            self._again(opened, reviews)
        return states.duplicates(
            sorted(reviews.values(), key=lambda one: (one.repository.name.lower(), one.repository.name))
        )

    @property
    def who(self) -> tuple[str, ...]:
        """Logins, names and addresses of the candidate."""
        return tuple(dict.fromkeys([*self.settings.me, *self.found.identities]))

    def _again(self, opened: Mapping[str, Result], reviews: dict[str, RepositoryReview]) -> None:
        """Reads those again where the candidate committed under an address that only other repositories tell of."""
        for _ in range(len(reviews)):
            named = unrecognised(tuple(reviews.values()), self.who)
            for name, addresses in sorted(named.items()):
                reviews[name] = self._one(opened[name], (*self.who, *addresses))
                self.notes.append(f"{name}: commits under an address that is the candidate's elsewhere count as theirs")
            if not named:
                return

    def _one(self, result: Result, who: tuple[str, ...]) -> RepositoryReview:
        repository, opened, upstream = result
        if opened is None:
            reason = repository.skip_reason or repository.failure
            status = Status.SKIPPED if repository.skip_reason else Status.FAILED
            return RepositoryReview(repository=repository, status=status, reason=reason)
        if isinstance(opened, str):
            return RepositoryReview(repository=repository, status=Status.FAILED, reason=opened)
        if opened.commit is None:
            status = Status.SKIPPED if opened.empty else Status.FAILED
            return RepositoryReview(repository=repository, status=status, reason=opened.reason)
        pulls = self.found.pulls.get(repository.name, Pulls())
        return self._read(Question(repository, opened, who, upstream, pulls))

    def _read(self, question: Question) -> RepositoryReview:
        """A review that was kept, else one that is made now."""
        name = question.repository.name
        found = self.kept.get(question)
        if found is None:
            self.say(f"{name}: reading")
            self.tools.pool.warm()
            from reviewer.judging import judged  # with all readers and linkers, which a kept review does without

            found = judged(question, self.tools)
            self.kept.put(question, found)
        if found.facts is not None and found.status is Status.REVIEWED:
            oids = {file.path: file.oid for file in found.facts.project.files}
            self.readers[name] = LineReader(question.opened.git_dir, oids)
        self.tools.timings.step("checks")
        return found

    def snippets(self) -> Callable[[str, str, int, int], str | None]:
        """The lines behind evidence, by repository, path and lines."""
        for reader in self.readers.values():
            reader.fetch()

        def lines(name: str, path: str, line: int, end_line: int) -> str | None:
            reader = self.readers.get(name)
            return reader(path, line, end_line) if reader else None

        return lines


def _answered(item: RepositoryReview, settings: Settings) -> RepositoryReview:
    """A review with the waivers of who asks for it."""
    if not settings.waive or item.status is not Status.REVIEWED:
        return item
    findings = waived(item.findings, settings.waive, item.repository.name)
    return msgspec.structs.replace(item, findings=findings, strength=strength(findings))


def _unused(reviews: Iterable[RepositoryReview], settings: Settings) -> list[str]:
    left = unused(settings.waive, (finding for item in reviews for finding in item.findings))
    return [f"{item.source}: the waiver of {item.check} answers nothing that was found" for item in left]


def languages_for(check: Check) -> tuple[str, ...]:
    """The languages that are read deep enough for a check, by name."""
    return registry.read_for(check.needs)


def judge(profile: Profile, taxonomy: Taxonomy, findings: dict[str, tuple[Finding, ...]]) -> Ledger:
    """One job against findings by repository; pure."""
    return ledger(profile, {name: skill.judgeable for name, skill in taxonomy.skills.items()}, findings)


def _review(
    found: Found,
    profile: Profile,
    taxonomy: Taxonomy,
    reviews: tuple[RepositoryReview, ...],
    notes: Iterable[str],
    named: bool,
) -> Review:
    findings = {item.repository.name: item.findings for item in reviews if item.status is Status.REVIEWED}
    groups = {name: skill.group for name, skill in taxonomy.skills.items()}
    return Review(
        version=__version__,
        subject=msgspec.structs.replace(_subject(found, reviews), named=named),
        repositories=reviews,
        skills=skill_levels(taxonomy.skills, groups, findings),
        ledgers=(judge(profile, taxonomy, findings),),
        notes=(*states.notes(reviews), *notes, *found.notes),
    )


def _subject(found: Found, reviews: tuple[RepositoryReview, ...]) -> Subject:
    if found.subject is not None:
        return found.subject
    names = [item.repository.name for item in reviews]
    name = names[0] if len(names) == 1 else f"{len(names)} repositories"
    return Subject(name=name, kind="repositories", identities=found.identities)
