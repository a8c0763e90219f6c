"""Content management systems, by what their extensions must say of themselves at the top of a PHP file."""

from __future__ import annotations

import re

import msgspec

from reviewer.gather.reader import DocumentReader
from reviewer.model.facts.documents import Document, ExtensionOf
from reviewer.model.facts.file import FileFacts

HEAD = 12_000
MARKS = (
    ("WordPress", "plugin", re.compile(r"^[ \t/*#@]*Plugin Name:[ \t]*\S", re.MULTILINE)),
    ("WordPress", "plugin", re.compile(r"\b(?:add_action|register_rest_route|register_post_type)\s*\(\s*['\"]")),
    ("Drupal", "module", re.compile(r"^[ \t]*(?:use|namespace)\s+\\?Drupal\\", re.MULTILINE)),
    ("Drupal", "module", re.compile(r"^[ \t]*[/*]{1,3}[ \t]*(?:Implements|Implementation of) hook_\w+", re.MULTILINE)),
    ("Joomla", "extension", re.compile(r"defined\(\s*['\"]_JEXEC['\"]\s*\)|^[ \t]*use\s+\\?Joomla\\", re.MULTILINE)),
    ("Magento", "module", re.compile(r"^[ \t]*use\s+\\?Magento\\|ComponentRegistrar::register\(", re.MULTILINE)),
)
"""The system, what kind of extension the file belongs to, and the mark; the first that is found counts."""


def read_extension(text: str, base: FileFacts) -> FileFacts:
    """Keeps which system a PHP file extends, with the line that says so."""
    head = text[:HEAD]
    for name, kind, mark in MARKS:
        found = mark.search(head)
        if found:
            line = head.count("\n", 0, found.start() + len(found[0]) - len(found[0].lstrip())) + 1
            document = base.document or Document()
            extension = ExtensionOf(name=name, kind=kind, line=line)
            return msgspec.structs.replace(base, document=msgspec.structs.replace(document, cms=extension))
    return base


CMS = DocumentReader(name="content management systems", kinds=("php",), read=read_extension)
