#!/usr/bin/env python3
"""The golden table: everything in the ABI's headers that a compiled plugin leans on, a row each.

  golden.py check TABLE INCLUDE [COMPILER...]   compare today's headers with the table; "gcc -std=c11" if none is given
  golden.py write TABLE INCLUDE                 put what is new into the table, marked `unreleased`
  golden.py release TABLE VERSION INCLUDE       the rows that are marked `unreleased` belong to VERSION from now on

THE RULE
  1. A row with a version is released: it stays in the table, and today's headers must say the same. Two things may
     change: a struct that `grows` may be larger than the row says, since fields are added at its end, and
     JACKFIELD_ABI_REVISION counts up. It must have, as soon as anything new crosses the boundary.
  2. What the headers say and the table does not know is missing from it: `golden.py write` adds it as `unreleased`.
  3. A row marked `unreleased` may be changed or dropped until a release gives it a version; `write` does that too.

Where the rows come from: rows.py.
"""

import os
import sys

import headers
from rows import Wrong, today

UNRELEASED = "unreleased"
LOST = "without its rows nobody can tell what was released. Take it back from the history"
WRITE = "run `Tests/ABI/check --write`"
REVISION = "JACKFIELD_ABI_REVISION"
# What one side has for itself; the rest crosses the boundary.
OWN = ("helper", "macro", "function")


def read_table(path):
    """Rows of the table: (kind, name) -> (version, value), in its order."""
    try:
        with open(path, encoding="utf-8") as file:
            lines = [line for line in file.read().splitlines() if line and not line.startswith("#")]
    except FileNotFoundError:
        raise Wrong(f"{path} is missing: {LOST}") from None
    if not lines:
        raise Wrong(f"{path} is empty: {LOST}")
    table = {}
    for line in lines:
        version, kind, name, value = line.split("\t")
        table[kind, name] = (version, value)
    return table


def write_table(path, table):
    with open(path, "w", encoding="utf-8") as file:
        file.write("# What a compiled plugin leans on. A row with a version is released and never changes; the rule stands at\n"
                   "# the top of golden.py. Written by `Tests/ABI/check --write`, not by hand.\n")
        for (kind, name), (version, value) in table.items():
            file.write(f"{version}\t{kind}\t{name}\t{value}\n")


def same(kind, name, released, now):
    """Is the row as it was, or has it grown as it may?"""
    if released == now:
        return True
    if name == REVISION:
        return int(now.split()[1]) > int(released.split()[1])
    if kind != "struct" or not released.endswith(", grows"):
        return False
    old, new = released.split(" ", 1), now.split(" ", 1)
    return old[1] == new[1] and int(new[0]) > int(old[0])


def compare(table, rows):
    """Sentences about what is wrong, and the names of what is new since the last release."""
    wrong, new = [], []
    for (kind, name), (version, value) in table.items():
        now = rows.get((kind, name))
        if version == UNRELEASED:
            new.append(f"{kind} {name}")
            if now != value:
                wrong.append(f"{kind} {name} is unreleased and has changed since it was written down: {WRITE}")
        elif now is None:
            wrong.append(f"{kind} {name} was released with {version} ({value}) and is gone; what was released stays")
        elif not same(kind, name, value, now):
            wrong.append(f"{kind} {name} was released with {version} as \"{value}\" and is now \"{now}\"; what was "
                         "released never changes: add a field at the end, a new name or number, or a new revision")
    for kind, name in rows:
        if (kind, name) not in table:
            wrong.append(f"{kind} {name} ({rows[kind, name]}) is not in the golden table: {WRITE}")
    for (kind, name), now in rows.items():
        released = table.get(("struct", name), (UNRELEASED, ""))
        first = released[1].split(" ")[0]
        if kind == "layout" and released[0] != UNRELEASED and not now.startswith(f"least {first},"):
            wrong.append(f"the layout of {name} says {now}, but its first release had {first} bytes: `least` is that")
    revision = ("constant", REVISION)
    crossing = [item for item in new if not item.startswith(OWN)]
    if crossing and revision in table and table[revision][0] != UNRELEASED and rows.get(revision) == table[revision][1]:
        wrong.append(f"{crossing[0]} is new since revision {rows[revision].split()[1]}, which is released: count up "
                     f"{REVISION}, so that each side can tell what the other knows")
    return wrong, new


def updated(table, rows):
    """The table with what is new; released rows are left as they are, also where the headers broke them."""
    kept = {key: row for key, row in table.items() if row[0] != UNRELEASED}
    return {**kept, **{key: (UNRELEASED, value) for key, value in rows.items() if key not in kept}}


def main(arguments):
    verb, path = arguments[0], arguments[1]
    if verb == "release":
        version = arguments[2]
        table = read_table(path)
        table = {key: (version if row[0] == UNRELEASED else row[0], row[1]) for key, row in table.items()}
        now = today(arguments[3], ["gcc -std=c11"])["constant", REVISION]
        if table["constant", REVISION][1] != now:
            table["constant", REVISION] = (version, now)
        write_table(path, table)
        return 0
    rows = today(arguments[2], arguments[3:] or ["gcc -std=c11"])
    if verb == "write":
        table = read_table(path) if os.path.exists(path) else {}
        write_table(path, updated(table, rows))
        return 0
    wrong, new = compare(read_table(path), rows)
    for sentence in wrong[:40]:
        print(sentence)
    if len(wrong) > 40:
        print(f"and {len(wrong) - 40} more")
    if new and not wrong:
        names = ", ".join(new[:12]) + (", …" if len(new) > 12 else "")
        print(f"{len(rows)} rows, of which {len(new)} are not released yet: {names}")
    elif not wrong:
        print(f"{len(rows)} rows, all as they were released")
    return 1 if wrong else 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except (Wrong, headers.Unreadable) as error:
        print(error)
        sys.exit(1)
