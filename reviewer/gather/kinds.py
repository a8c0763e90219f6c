"""What kind of file a path names. The kind, with the bytes, decides what is read; so it is part of the cache key."""

from __future__ import annotations

from functools import lru_cache
from posixpath import splitext

BY_SUFFIX = {
    ".py": "python",
    ".pyw": "python",
    ".ipynb": "notebook",
    ".js": "javascript",
    ".jsx": "javascript",
    ".mjs": "javascript",
    ".jsw": "javascript",
    ".cjs": "javascript",
    ".ts": "typescript",
    ".mts": "typescript",
    ".cts": "typescript",
    ".tsx": "tsx",
    ".sql": "sql",
    ".ddl": "sql",
    ".pks": "sql",
    ".pkb": "sql",
    ".plsql": "sql",
    ".psql": "sql",
    ".cql": "cql",
    ".prisma": "prisma",
    ".graphql": "graphql",
    ".gql": "graphql",
    ".graphqls": "graphql",
    ".proto": "proto",
    ".api": "goctl",
    ".wsdl": "wsdl",
    ".html": "html",
    ".htm": "html",
    ".css": "css",
    ".scss": "css",
    ".less": "css",
    ".vue": "vue",
    ".svelte": "vue",
    ".rb": "ruby",
    **dict.fromkeys((".rake", ".ru", ".jbuilder", ".rabl", ".builder"), "ruby"),
    ".php": "php",
    **dict.fromkeys((".php3", ".php4", ".php5", ".php7", ".phtml", ".inc", ".module", ".install", ".theme"), "php"),
    **dict.fromkeys((".cs", ".csx", ".cake"), "csharp"),
    ".java": "java",
    ".kt": "kotlin",
    ".kts": "kotlin",
    ".go": "go",
    ".sh": "shell",
    ".bash": "shell",
    ".tf": "terraform",
    ".md": "prose",
    ".markdown": "prose",
    ".rst": "prose",
    ".adoc": "prose",
    ".txt": "prose",
    ".yml": "yaml",
    ".yaml": "yaml",
    ".json": "json",
    ".toml": "toml",
    ".ini": "ini",
    ".cfg": "ini",
    ".xml": "xml",
    ".csproj": "csproj",
    ".gradle": "gradle",
    ".env": "env",
    ".swift": "swift",
    ".rs": "rust",
    ".c": "c",
    ".h": "c",
    ".cc": "cpp",
    ".cpp": "cpp",
    ".hpp": "cpp",
    ".dart": "dart",
    ".scala": "scala",
    ".ex": "elixir",
    ".exs": "elixir",
    ".pl": "perl",
}

BY_NAME = {"rakefile": "ruby"}
"""Names without a suffix."""

LANGUAGE_OF_KIND = {
    "python": "Python",
    "notebook": "Python",
    "javascript": "JavaScript",
    "typescript": "TypeScript",
    "tsx": "TypeScript",
    "sql": "SQL",
    "cql": "SQL",
    "prisma": "Prisma",
    "ruby": "Ruby",
    "php": "PHP",
    "csharp": "C#",
    "java": "Java",
    "kotlin": "Kotlin",
    "go": "Go",
    "shell": "Shell",
    "swift": "Swift",
    "rust": "Rust",
    "c": "C",
    "cpp": "C++",
    "dart": "Dart",
    "scala": "Scala",
    "elixir": "Elixir",
    "perl": "Perl",
    "html": "HTML",
    "css": "CSS",
    "vue": "Vue",
    "graphql": "GraphQL",
    "proto": "Protocol Buffers",
}

KNOWN_MOST = 1 << 15
"""Paths whose kind is remembered: it is asked for by whoever sorts files."""
BACKEND_LANGUAGES = frozenset(
    {"Python", "JavaScript", "TypeScript", "SQL", "Ruby", "PHP", "C#", "Java", "Kotlin", "Go"}
)


@lru_cache(maxsize=KNOWN_MOST)
def kind_of(path: str) -> str | None:
    """The kind of a path, or None for what is never read. Document kinds (manifests, CI, ...) come first."""
    from reviewer.gather.documents.kinds import document_kind

    name = path.rpartition("/")[2].lower()
    return document_kind(path) or BY_SUFFIX.get(splitext(name)[1]) or BY_NAME.get(name)
