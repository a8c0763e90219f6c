"""Maven's pom.xml, Gradle's build files and version catalogues. Names are ``group:artifact``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.gather.documents._comments import without_comments
from reviewer.gather.documents._manifest import dependency, with_manifest
from reviewer.gather.documents._toml import load_toml
from reviewer.gather.documents._trees import LineFinder, mapping, text
from reviewer.gather.documents._xml import Element, load_xml
from reviewer.gather.reader import DocumentReader
from reviewer.model.facts.documents import Dependency, Document
from reviewer.model.facts.file import FileFacts

JVM_LINTERS = {
    "maven-checkstyle-plugin": "Checkstyle",
    "maven-pmd-plugin": "PMD",
    "spotbugs-maven-plugin": "SpotBugs",
    "spotless-maven-plugin": "Spotless",
    "spotless": "Spotless",
    "checkstyle": "Checkstyle",
    "spotbugs": "SpotBugs",
    "ktlint": "ktlint",
    "detekt": "detekt",
    "pmd": "PMD",
}
LINE_LIMIT = 1_000
CONFIGURATION = (
    r"(?P<configuration>implementation|api|compile|compileOnly|runtimeOnly|runtime|providedRuntime|kapt|ksp|"
    r"annotationProcessor|developmentOnly|classpath|testImplementation|testCompile|testCompileOnly|testRuntimeOnly|"
    r"testRuntime|androidTestImplementation|integrationTestImplementation|testFixturesImplementation|debugImplementation)"
)
COORDINATES = re.compile(
    rf"^\s*{CONFIGURATION}\b[\s(]*(?:(?:enforcedPlatform|platform|project)\s*\(\s*)?"
    r"[\"'](?P<group>[\w.-]+):(?P<name>[\w.-]+)(?::(?P<version>[^\"':@]*))?"
)
MAPPED = re.compile(
    rf"^\s*{CONFIGURATION}\b[\s(]*group\s*[:=]\s*[\"'](?P<group>[\w.-]+)[\"']\s*,\s*name\s*[:=]\s*[\"'](?P<name>[\w.-]+)[\"']"
    r"(?:\s*,\s*version\s*[:=]\s*[\"']?(?P<version>[^\"',)]*))?"
)
PLUGIN = re.compile(
    r"^\s*(?:id|kotlin)\s*\(?\s*[\"'](?P<id>[\w.-]+)[\"']\s*\)?(?:\s*version\s*\(?\s*[\"'](?P<version>[^\"']*))?"
)
MEASURING = re.compile(
    r"(?:\bid\b[\s(]*|plugin\s*[:=]\s*)[\"'](?:jacoco|org\.jetbrains\.kotlinx\.kover)[\"']|^\s*`?jacoco`?\s*$"
)
"""Plugins of Gradle that measure coverage whenever its tests run."""
VARIABLE = re.compile(r"^\s*(?:def|val|const val|ext\.|set\()?\s*[\"']?(\w+)[\"']?\s*[=,]\s*[\"']([^\"']{1,60})[\"']")


def read_maven(source: str, base: FileFacts) -> FileFacts:
    """pom.xml: the parent, dependencies and plugins; what is only managed is left out."""
    root, problem = load_xml(source)
    if root is None or root.tag != "project":
        return with_manifest(base, "maven", problem=problem)
    properties = {item.tag: item.text.strip() for block in root.all("properties") for item in block.children}
    plugins = [item.child_text("artifactId") for item in root.all("plugin")]
    linters = ", ".join(dict.fromkeys(JVM_LINTERS[name] for name in plugins if name in JVM_LINTERS))
    threshold = "jacoco-maven-plugin" in plugins and any(root.all("minimum"))
    return with_manifest(
        base,
        "maven",
        _maven_dependencies(root, properties),
        document=Document(
            lint_config=linters or None,
            coverage_threshold=threshold,
            coverage_measured="jacoco-maven-plugin" in plugins and "prepare-agent" in source,
        ),
        name=root.child_text("artifactId") or None,
        description=root.child_text("description") or None,
    )


def _maven_dependencies(root: Element, properties: dict[str, str]) -> Iterator[Dependency]:
    managed = {id(item) for block in root.all("dependencyManagement") for item in block.all("dependency")}
    managed |= {id(item) for block in root.all("pluginManagement") for item in block.all("plugin")}
    parent = root.child("parent")
    items = [parent] if parent else []
    items += [*root.all("dependency"), *root.all("plugin")]
    for item in items:
        if id(item) not in managed:
            group = item.child_text("groupId") or "org.apache.maven.plugins"
            version = item.child_text("version")
            if version.startswith("${"):
                version = properties.get(version[2:].rstrip("}"), "")
            dev = item.child_text("scope") == "test" or item.tag == "plugin"
            yield dependency(f"{group}:{item.child_text('artifactId')}", version, item.line, dev)


def read_gradle(source: str, base: FileFacts) -> FileFacts:
    """build.gradle and build.gradle.kts, line by line; versions in variables of the same file are looked up."""
    lines = [line[:LINE_LIMIT] for line in without_comments(source)]
    variables = {set_.group(1): set_.group(2) for line in lines if (set_ := VARIABLE.match(line))}
    found = list(_gradle_dependencies(lines, variables))
    names = [item.name.rpartition(":")[2] for item in found if item.dev]
    linters = ", ".join(dict.fromkeys(tool for name in names for key, tool in JVM_LINTERS.items() if key in name))
    threshold = any("jacocoTestCoverageVerification" in line for line in lines) and "minimum" in source
    measured = any(MEASURING.search(line) for line in lines)
    document = Document(lint_config=linters or None, coverage_threshold=threshold, coverage_measured=measured)
    return with_manifest(base, "maven", found, document=document)


def _gradle_dependencies(lines: list[str], variables: dict[str, str]) -> Iterator[Dependency]:
    for number, line in enumerate(lines, start=1):
        found = COORDINATES.match(line) or MAPPED.match(line)
        if found:
            dev = "test" in found["configuration"].lower() or found["configuration"] == "developmentOnly"
            yield dependency(f"{found['group']}:{found['name']}", _resolved(found["version"], variables), number, dev)
        elif plugin := PLUGIN.match(line):
            yield dependency(plugin["id"], _resolved(plugin["version"], variables), number, dev=True)


def _resolved(version: str | None, variables: dict[str, str]) -> str | None:
    if version and version.startswith("$"):
        return variables.get(version.strip("${}").rpartition(".")[2])
    return version


def read_catalogue(source: str, base: FileFacts) -> FileFacts:
    """Gradle's libs.versions.toml."""
    loaded = load_toml(source)
    tree = mapping(loaded.tree)
    versions = mapping(tree.get("versions"))
    lines = LineFinder(source, "[libraries]")
    found = []
    for alias, value in mapping(tree.get("libraries")).items():
        table = mapping(value)
        name = text(table.get("module")) or f"{text(table.get('group'))}:{text(table.get('name'))}"
        version = table.get("version")
        spec = text(version) or text(versions.get(text(mapping(version).get("ref"))))
        if text(value):
            name, _, spec = text(value).rpartition(":")
        found.append(dependency(name, spec, lines.find(f"\n{alias}") + 1, dev="test" in alias.lower()))
    return with_manifest(base, "maven", found, loaded.problem)


MAVEN = DocumentReader("maven", ("maven",), read_maven)
GRADLE = DocumentReader("gradle", ("gradle",), read_gradle)
CATALOGUE = DocumentReader("gradle-catalog", ("gradle-catalog",), read_catalogue)
