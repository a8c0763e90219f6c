"""Build programs in C#: what each target of Bullseye, Cake or Nuke runs, and which targets it needs."""

from __future__ import annotations

from reviewer.gather.look import Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs.dotnet._csharp import CSHARP
from reviewer.gather.syntax import Assignment, Attribute, Call, Expr, Items, Lambda, Module, Name, Text, dotted, plain

LIBRARIES = ("Bullseye", "SimpleExec", "Nuke.Common", "Cake.Frosting", "Cake.Core", "Cake.Common")
RUNNERS = words("Run RunAsync Read ReadAsync StartProcess Start")
"""Methods that run a program: its name, then its arguments."""

TOOLS = {
    "DotNetTest": "dotnet test",
    "DotNetCoreTest": "dotnet test",
    "DotNetVSTest": "dotnet vstest",
    "VSTest": "vstest",
    "XUnit2": "xunit.console",
    "NUnit3": "nunit3-console",
    "MSTest": "vstest",
    "DotNetBuild": "dotnet build",
    "DotNetCoreBuild": "dotnet build",
    "MSBuild": "msbuild",
    "DotNetPublish": "dotnet publish",
    "DotNetPack": "dotnet pack",
    "DotNetFormat": "dotnet format",
    "ReportGenerator": "reportgenerator",
}
"""Aliases of Cake and Nuke to the command line that they stand for."""

CAKE_STARTS = words("RunTarget RunTargetAsync")
CAKE_BODIES = words("Does DoesForEach")
CAKE_NEEDS = words("IsDependentOn")
NUKE_NEEDS = words("DependsOn Triggers")
FROSTING_TASKS = words("FrostingTask AsyncFrostingTask")
DEPTH_LIMIT = 4
TARGET_LIMIT = 100
LINE_LIMIT = 2_000


def read(module: Module, kept: Kept) -> None:
    """Keeps the targets of a build program, each with its command lines."""
    look = look_at(module)
    is_script = any(call.last in CAKE_STARTS for call in module.calls)
    if not is_script and not look.imports(*LIBRARIES):
        return
    targets = _Targets(look)
    for call in module.calls:
        if call.name == "Target" and call.args:
            targets.bullseye(call)
        elif call.last in CAKE_BODIES or call.last in CAKE_NEEDS:
            targets.cake(call)
        elif call.last in CAKE_STARTS and call.args:
            targets.start = targets.name_of(call.args[0])
        elif call.last == "Execute" and call.args and isinstance(call.args[0], Lambda):
            targets.starts_with(call.args[0])
    for item in module.assignments:
        if item.type == "Target" and isinstance(item.value, Lambda):
            targets.nuke(item, item.value)
    targets.frosting()
    kept.targets.update(targets.finished())


class _Targets:
    """The targets of one program, being gathered."""

    def __init__(self, look: Look) -> None:
        self.look = look
        self.lines: dict[str, list[str]] = {}
        self.bodies: dict[int, str] = {}
        self.owners: dict[int, str] = {}
        self.start = ""
        self.needed: dict[int, list[str]] = {}
        self.returned = {item.function: item.value for item in look.module.returns}
        for call in look.module.calls:
            if call.last in NUKE_NEEDS:
                self.needed.setdefault(call.function, []).extend(f"target {self.name_of(arg)}" for arg in call.args)

    def name_of(self, expr: Expr, depth: int = 0) -> str:
        """The name of a target: a text, the constant that holds it, ``nameof(X)``, or the default of an argument."""
        value = self.look.value(expr, -1)
        if isinstance(value, Call) and value.args and depth < DEPTH_LIMIT:
            return self.name_of(value.args[-1], depth + 1)
        text = plain(value) if isinstance(value, Text) else None
        return (text or dotted(expr).rpartition(".")[2]).lower()

    def _target(self, name: str) -> list[str]:
        return self.lines.setdefault(name, []) if len(self.lines) < TARGET_LIMIT else []

    def bullseye(self, call: Call) -> None:
        """``Target("test", ["build"], () => Run(...))``, ``Target("all", DependsOn("a", "b"))``."""
        name = self.name_of(call.args[0])
        found = self._target(name)
        needs = list(call.args[1:])
        body = needs[-1] if needs else None
        if isinstance(body, Lambda) and self.look.module.functions[body.function].parameters:
            del needs[-2:-1]  # what a body with a parameter is called for, once each
        for arg in needs:
            if isinstance(arg, Lambda):
                self.bodies[arg.function] = name
            elif isinstance(arg, Items):
                found += [f"target {self.name_of(item)}" for item in arg.values]
            elif isinstance(arg, Call) and arg.last == "DependsOn":
                found += [f"target {self.name_of(item)}" for item in arg.args]
            elif isinstance(arg, Text | Name):
                found.append(f"target {self.name_of(arg)}")

    def cake(self, call: Call) -> None:
        """``Task("Test").IsDependentOn("Build").Does(() => ...)``."""
        task: Expr = call
        while isinstance(task, Call) and task.name != "Task" and isinstance(task.callee, Attribute):
            task = task.callee.value
        if not (isinstance(task, Call) and task.name == "Task" and task.args):
            return
        name = self.name_of(task.args[0])
        found = self._target(name)
        for arg in call.args:
            if isinstance(arg, Lambda):
                self.bodies[arg.function] = name
            elif call.last in CAKE_NEEDS:
                found.append(f"target {self.name_of(arg)}")

    def nuke(self, item: Assignment, body: Lambda) -> None:
        """``Target Test => _ => _.DependsOn(Compile).Executes(() => ...)``."""
        name = item.target.lower()
        self.bodies[body.function] = name
        self._target(name).extend(self.needed.get(body.function, ()))

    def starts_with(self, choice: Lambda) -> None:
        """``Execute<Build>(x => x.Compile)``."""
        self.start = dotted(self.returned.get(choice.function)).rpartition(".")[2].lower()

    def frosting(self) -> None:
        """``[TaskName("Test")] [IsDependentOn(typeof(BuildTask))] class TestTask : FrostingTask<Context>``."""
        for index, owner in enumerate(self.look.module.classes):
            if not any(dotted(base).partition("<")[0] in FROSTING_TASKS for base in owner.bases):
                continue
            name, needs = owner.name.lower(), []
            for decorator in owner.decorators:
                if isinstance(decorator, Call) and decorator.last == "TaskName" and decorator.args:
                    name = self.name_of(decorator.args[0])
                elif isinstance(decorator, Call) and decorator.last == "IsDependentOn":
                    needs += [f"target {self.name_of(arg)}" for arg in decorator.args]
            self._target(name).extend(needs)
            self.owners[index] = name
            if owner.name.lower() != name:
                self._target(owner.name.lower()).append(f"target {name}")

    def finished(self) -> dict[str, str]:
        """Every target with its lines; what runs outside of all of them belongs to the program itself."""
        outside: list[str] = []
        for call in self.look.module.calls:
            line = _command(call)
            if line:
                name = self._around(call)
                (outside if name is None else self._target(name)).append(line)
        start = self.start or "default"
        if start in self.lines:
            outside.append(f"target {start}")
        return {name: " && ".join(lines)[:LINE_LIMIT] for name, lines in {**self.lines, "": outside}.items() if lines}

    def _around(self, call: Call) -> str | None:
        if call.owner in self.owners:
            return self.owners[call.owner]
        functions = self.look.module.functions
        index, steps = call.function, 0
        while 0 <= index < len(functions) and steps < 60:
            if index in self.bodies:
                return self.bodies[index]
            index, steps = functions[index].parent, steps + 1
        return None


def _command(call: Call) -> str:
    """The command line that a call runs, with ``x`` for what is only known when it runs."""
    if call.last in TOOLS:
        return TOOLS[call.last]
    if call.last not in RUNNERS:
        return ""
    texts = [arg for arg in call.args if isinstance(arg, Text)]
    words_ = ["".join(part if isinstance(part, str) else "x" for part in text.parts) for text in texts]
    return " ".join(words_).replace("&&", " ").strip()


BUILD_PROGRAM = Reader(name="build program (C#)", languages=CSHARP, read=read)
