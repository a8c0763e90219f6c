"""The manifests of .NET, Ruby and Go."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from reviewer.gather.data.driver_table import driver_of
from reviewer.gather.data.names import data_use
from reviewer.gather.documents._manifest import TEXT_LIMIT, dependency, is_dev, with_manifest
from reviewer.gather.documents._xml import Element, load_xml
from reviewer.gather.reader import DocumentReader
from reviewer.model.facts.data import DataUse, How
from reviewer.model.facts.documents import Dependency
from reviewer.model.facts.file import FileFacts

LINE_LIMIT = 1_000
PACKAGE_TAGS = ("PackageReference", "PackageVersion", "FrameworkReference", "GlobalPackageReference")
TEST_SDK = "Microsoft.NET.Test.Sdk"
GEM = re.compile(r"\s*gem\s*\(?\s*[\"']([^\"']+)[\"'](?:\s*,\s*[\"']([^\"']+)[\"'])?(.*)")
GEM_GROUP = re.compile(r"\s*group\s*\(?\s*(:.*?)\)?\s+do\b")
GEMSPEC = re.compile(r".*\.add_(development_|runtime_)?dependency[\s(]+[\"']([^\"']+)[\"'](?:\s*,\s*[\"']([^\"']+))?")
GO_REQUIRED = re.compile(r"\s*(?:require\s+)?([\w.~-]+(?:/[\w.~-]+)+|[\w-]+\.[\w.-]+)\s+(v[\w.+-]+)(.*)")


def read_csproj(source: str, base: FileFacts) -> FileFacts:
    """Project files, central package versions and packages.config. The SDK counts, with the target framework."""
    root, problem = load_xml(source)
    if root is None:
        return with_manifest(base, "nuget", problem=problem)
    found = list(_dotnet(root))
    testing = any(item.name == TEST_SDK for item in found) and root.tag == "Project"
    if testing:
        found = [dependency(item.name, item.version, item.line, dev=True) for item in found]
    facts = with_manifest(base, "nuget", found)
    return msgspec.structs.replace(facts, data=(*facts.data, *_used_everywhere(root, testing)))


def _used_everywhere(root: Element, testing: bool) -> Iterator[DataUse]:
    """Databases and data layers in the usings of every file of a project: ``<Using Include="Dapper" />``."""
    for item in root.all("Using"):
        name = item.attributes.get("Include", "")
        driver = driver_of("C#", name[:TEXT_LIMIT])
        for shown in (driver.database, driver.layer) if driver else ():
            if shown:
                yield data_use(shown, How.IMPORTED, item.line, name, tests=testing)


def _dotnet(root: Element) -> Iterator[Dependency]:
    target = next(
        (item.text.strip() for tag in ("TargetFramework", "TargetFrameworks") for item in root.all(tag)), None
    )
    if root.attributes.get("Sdk"):
        yield dependency(root.attributes["Sdk"], target, root.line)
    for tag in PACKAGE_TAGS:
        for item in root.all(tag):
            name = item.attributes.get("Include") or item.attributes.get("Update") or ""
            version = item.attributes.get("Version") or item.child_text("Version")
            private = item.attributes.get("PrivateAssets") or item.child_text("PrivateAssets")
            yield dependency(name, version, item.line, dev=private.lower() == "all")
    for item in root.all("package"):
        yield dependency(item.attributes.get("id", ""), item.attributes.get("version"), item.line)
    for item in root.all("Reference"):
        name, _, rest = item.attributes.get("Include", "").partition(",")
        if item.child("HintPath"):
            yield dependency(name.strip(), rest.partition("Version=")[2].partition(",")[0], item.line)


def read_gemfile(source: str, base: FileFacts) -> FileFacts:
    """Bundler's Gemfile and gem specifications."""
    return with_manifest(base, "rubygems", _gems(source))


def _gems(source: str) -> Iterator[Dependency]:
    dev = False
    for number, full in enumerate(source.split("\n"), start=1):
        line = full[:LINE_LIMIT]
        if line.lstrip().startswith("#"):
            continue
        if group := GEM_GROUP.match(line):
            dev = all(is_dev(name.strip(" :")) for name in group.group(1).split(","))
        elif line.strip() == "end":
            dev = False
        elif gem := GEM.match(line):
            inline = re.search(r"groups?:?\s*(?:=>)?\s*\[?:?(\w+)", gem.group(3))
            yield dependency(gem.group(1), gem.group(2), number, dev or bool(inline and is_dev(inline.group(1))))
        elif spec := GEMSPEC.match(line):
            yield dependency(spec.group(2), spec.group(3), number, spec.group(1) == "development_")


def read_gomod(source: str, base: FileFacts) -> FileFacts:
    """go.mod: what it requires directly."""
    name = None
    found = []
    skipping = False
    for number, full in enumerate(source.split("\n"), start=1):
        line = full[:LINE_LIMIT].strip()
        if line.startswith("module ") and name is None:
            name = line.split()[1] if len(line.split()) > 1 else None
        skipping = (
            line.startswith(("replace", "exclude", "retract")) if line.endswith("(") else skipping and line != ")"
        )
        required = GO_REQUIRED.match(line)
        if (
            required
            and not skipping
            and "=>" not in line
            and not line.startswith("//")
            and "indirect" not in required.group(3)
        ):
            found.append(dependency(required.group(1), required.group(2), number))
    return with_manifest(base, "go", found, name=name)


CSPROJ = DocumentReader("csproj", ("csproj",), read_csproj)
GEMFILE = DocumentReader("gemfile", ("gemfile",), read_gemfile)
GOMOD = DocumentReader("gomod", ("gomod",), read_gomod)
