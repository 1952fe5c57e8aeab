"""Fill an environment with the packages that a lock names, as pip has unpacked them in this one.

They have been held against their hashes once; to fetch and unpack them again would prove nothing
more. What the lock does not name, such as the project itself, stays behind; whether that is all
it takes is for pip to say, when it installs the wheel without an index.

Usage: ``.venv/bin/python .ci/outside.py requirements.lock ENVIRONMENT``
"""

import re
import shutil
import sys
import sysconfig
from importlib.metadata import Distribution, distributions
from importlib.util import cache_from_source
from pathlib import Path

ENTRY = re.compile(r"^([a-z0-9._-]+)(?:\[[a-z,]+\])?==([^ ;\\]+)", re.MULTILINE)


def main(lock: str, environment: str) -> None:
    here = Path(sysconfig.get_path("purelib"))
    target = sysconfig.get_path("purelib", vars={"base": environment})
    locked = set(ENTRY.findall(Path(lock).read_text("utf-8")))
    for package in distributions(path=[str(here)]):
        if _named(package) in locked:
            _copy(package, here, Path(target))


def _named(package: Distribution) -> tuple[str, str]:
    return re.sub(r"[-_.]+", "-", package.name).lower(), package.version


def _copy(package: Distribution, here: Path, target: Path) -> None:
    for file in package.files or ():
        if ".." in file.parts:
            continue  # a command: nobody calls it there
        for source in (here / file, Path(cache_from_source(str(here / file)))):
            if source.exists():
                goal = target / source.relative_to(here)
                goal.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(source, goal)  # with its time, which what is compiled goes by


if __name__ == "__main__":
    main(*sys.argv[1:])
