#!/usr/bin/env python3
"""Plants changes into copies of today's headers and sees who catches them: the golden table, abidiff, an author's source,
or several of them.

Every harmful one must be caught, and every harmless one must pass all, once what is new has been written down. The
assertions of layouts/ are switched off in the copies, since they would stop most of the harmful ones before anybody
could judge them.
"""

import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import author
import golden
import headers
import rows
import verdict
import witness
from plants import HARMFUL, HARMLESS

ROOT = pathlib.Path(__file__).resolve().parents[2]
INCLUDE = ROOT / "PluginAPI/C/include"

def plant(target, changes, unguarded=True):
    shutil.copytree(INCLUDE, target)
    if unguarded:
        assertion = r"(#define JACKFIELD_ASSERT\(condition, message\)) [^\n]*"
        edit(target, "layouts/base.h", assertion, r"\1 struct jackfield_ignored")
    for file, expression, replacement in changes:
        edit(target, file, expression, replacement)


def edit(target, file, expression, replacement):
    path = target / "jackfield" / file
    text = path.read_text(encoding="utf-8")
    changed, count = re.subn(expression, replacement, text, flags=re.S)
    if count == 0:
        raise SystemExit(f"selftest.py no longer fits the headers: {file} has nothing like {expression}")
    path.write_text(changed, encoding="utf-8")


def by_golden(table, include):
    """The first sentence of the golden table about these headers, or None."""
    try:
        now = rows.today(str(include), ["gcc -std=c11"])
        wrong, _ = golden.compare(golden.updated(table, now), now)
        return wrong[0] if wrong else None
    except (rows.Wrong, headers.Unreadable) as error:
        return str(error)


def by_abidiff(baseline, include, file):
    """The first sentence that abidiff's report comes to, or None."""
    try:
        witness.describe(include, file)
    except (headers.Unreadable, subprocess.CalledProcessError) as error:
        return str(error)
    wrong, _ = verdict.compare(include, str(baseline), str(file))
    return wrong[0] if wrong else None


def by_author(table, include):
    """The first sentence about an author's source, or None."""
    try:
        return author.complaint(table, include, "gcc -std=c11")
    except headers.Unreadable as error:
        return str(error)


def by_assertions(changes, folder):
    """Do layouts/ as they are refuse to compile it?"""
    plant(folder, changes, unguarded=False)
    command = ["gcc", "-std=c11", "-w", "-fsyntax-only", "-I", str(folder), str(witness.CONTRACTS)]
    return subprocess.run(command, capture_output=True).returncode != 0


def main():
    missed = 0
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        plant(scratch / "base", [])
        table = {key: ("released", value) for key, value in rows.today(str(scratch / "base"), ["gcc -std=c11"]).items()}
        baseline = scratch / "base.abi"
        witness.describe(scratch / "base", baseline)
        for number, (name, changes) in enumerate(HARMFUL + HARMLESS):
            include = scratch / f"planted-{number}"
            plant(include, changes)
            sentence = by_golden(table, include)
            said = by_author(table, include)
            caught = [who for who, what in [
                ("golden table", sentence), ("abidiff", by_abidiff(baseline, include, scratch / f"{number}.abi")),
                ("author", said),
                ("assertions", by_assertions(changes, scratch / f"guarded-{number}"))] if what]
            harmful = number < len(HARMFUL)
            judges = [who for who in caught if who != "assertions"]
            right = bool(judges) == harmful
            missed += not right
            kind = "harmful " if harmful else "harmless"
            print(f"{'ok  ' if right else 'no  '} {kind}  {name}: caught by {', '.join(caught) or 'none'}"
                  + (f" ({sentence or said})" if not right or "-v" in sys.argv else ""))
        broken = scratch / "broken"
        for what, text in [("missing", None), ("empty", "")]:
            if text is not None:
                broken.write_text(text)
            try:
                golden.read_table(str(broken))
                print(f"no   a golden table that is {what} is not noticed")
                missed += 1
            except rows.Wrong:
                print(f"ok   a golden table that is {what} is noticed")
    if missed:
        total = len(HARMFUL) + len(HARMLESS) + 2
        print(f"{missed} of {total} changes were judged wrongly.", file=sys.stderr)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
