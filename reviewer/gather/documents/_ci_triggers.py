"""When a CI file runs: push, pull_request, schedule, manual, tag and the like, in the words of its system made one."""

from __future__ import annotations

from reviewer.gather.documents._trees import Tree, branches, mapping, sequence, text

GITHUB_NAMES = {
    "pull_request_target": "pull_request",
    "merge_group": "merge_queue",
    "workflow_dispatch": "manual",
    "repository_dispatch": "manual",
}
BRANCH_KEYS = ("branches", "branches-ignore", "paths", "paths-ignore")


def github(tree: Tree) -> tuple[str, ...]:
    """GitHub Actions' ``on``. A push of tags alone is ``tag``."""
    events = mapping(tree).get("on")
    named = mapping(events) or {text(name): None for name in sequence(events)}
    found = []
    for name, settings in named.items():
        filters = mapping(settings)
        tags_only = name == "push" and "tags" in filters and not any(key in filters for key in BRANCH_KEYS)
        found.append("tag" if tags_only else GITHUB_NAMES.get(name, str(name)))
    return tuple(dict.fromkeys(name for name in found if name))


def push_and(tree: Tree, *others: tuple[str, tuple[str, ...]]) -> tuple[str, ...]:
    """``push``, and each other trigger one of whose marks stands as a key or a text anywhere in the file."""
    words: set[str] = set()
    for item in branches(tree):
        words.update(str(key) for key in item)
        for value in item.values():
            words.update(text(part) for part in sequence(value))
    joined = "\n".join(sorted(words))
    return ("push", *(name for name, marks in others if any(mark in joined for mark in marks)))


def gitlab(tree: Tree) -> tuple[str, ...]:
    """GitLab CI runs on push; merge requests and schedules show in ``only`` and ``rules``."""
    return push_and(tree, ("pull_request", ("merge_request",)), ("schedule", ("schedule",)))


def circleci(tree: Tree) -> tuple[str, ...]:
    """CircleCI runs on push; workflows may be scheduled."""
    return push_and(tree, ("schedule", ("cron",)))


def hosted(_: Tree) -> tuple[str, ...]:
    """Travis CI, AppVeyor and Drone run on push and on pull requests unless told otherwise."""
    return ("push", "pull_request")


def azure(tree: Tree) -> tuple[str, ...]:
    """Azure Pipelines: ``trigger`` and ``pr`` are on unless they say ``none``."""
    root = mapping(tree)
    found = [name for key, name in (("trigger", "push"), ("pr", "pull_request")) if text(root.get(key)) != "none"]
    return (*found, *(["schedule"] if "schedules" in root else []))


def bitbucket(tree: Tree) -> tuple[str, ...]:
    """Bitbucket Pipelines, by the parts of ``pipelines``."""
    parts = mapping(mapping(tree).get("pipelines"))
    names = {"default": "push", "branches": "push", "pull-requests": "pull_request", "tags": "tag", "custom": "manual"}
    return tuple(dict.fromkeys(names[part] for part in parts if part in names))


def pushed(_: Tree) -> tuple[str, ...]:
    """Systems whose triggers are kept elsewhere than in the file; a push is what they are set up for."""
    return ("push",)
