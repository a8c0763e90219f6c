"""`reviewer.toml` of a reviewed repository: the answers to findings in it, and nothing else."""

from __future__ import annotations

import tomllib

import msgspec

from reviewer.gather.reader import DocumentReader
from reviewer.model.facts.documents import Document
from reviewer.model.facts.file import FileFacts
from reviewer.model.waiver import WaiverError, read_waivers


def read(text: str, facts: FileFacts) -> FileFacts:
    """Keeps the waivers; a file that is no TOML, or has a faulty one, is named and ignored."""
    try:
        rows = tomllib.loads(text).get("waive", [])
        waivers = read_waivers(rows, "reviewer.toml", counts=True)
    except (tomllib.TOMLDecodeError, RecursionError):
        return msgspec.structs.replace(facts, problems=("no TOML; its waivers are not read",))
    except WaiverError as error:
        return msgspec.structs.replace(facts, problems=(f"its waivers are not read: {error}",))
    document = facts.document or Document()
    return msgspec.structs.replace(facts, document=msgspec.structs.replace(document, waivers=waivers))


WAIVERS = DocumentReader(name="waivers", kinds=("reviewer-toml",), read=read)
