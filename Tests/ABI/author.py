#!/usr/bin/env python3
"""What an author wrote goes on compiling and working: a source (author.c) that includes jackfield.h alone, uses every
name that was released, and tries the helpers on payloads whose answers are known.

  author.py TABLE INCLUDE [COMPILER...]     "gcc -std=c11" if none is given
"""

import pathlib
import re
import subprocess
import sys
import tempfile

import golden
import headers
from rows import Wrong

SOURCE = pathlib.Path(__file__).parent / "author.c"
# Declares functions for languages that import no tables; a source in C asks for it by name.
ASKED_FOR = {"contracts.h"}


def source(table, include):
    """author.c with a use of each name that the table has."""
    elsewhere = {item.name for name in ASKED_FOR for item in headers.load(include)[name].items}
    uses = []
    for (kind, name), (version, value) in table.items():
        if version == golden.UNRELEASED or name in elsewhere:
            continue
        if kind == "constant":
            uses.append(f"sum += sizeof({name});")
        elif kind in ("struct", "type"):
            uses.append(f"sum += sizeof({name});")
        elif kind == "field":
            struct, field = name.split(".")
            uses.append(f"sum += sizeof((({struct} *)0)->{field});")
        elif kind in ("helper", "function"):
            uses.append(f"sum += (uintptr_t)&{name};")
        elif kind == "macro":
            uses += [f"#ifndef {name}", f"#error {name} is gone", "#endif"]
        elif kind == "contract":
            uses.append(f"sum += sizeof({contract(name)}_methods);")
    return SOURCE.read_text(encoding="utf-8").replace("/* NAMES */", "\n  ".join(uses))


def contract(name):
    """"jackfield.tool/1" is jackfield_tool."""
    return name.split("/")[0].replace(".", "_")


def left_out(include):
    """Headers that jackfield.h does not include itself: that another one does so today is no promise."""
    text = (pathlib.Path(include) / "jackfield/jackfield.h").read_text(encoding="utf-8")
    included = set(re.findall(r'^#include "([^"]+)"', text, re.M))
    known = headers.BOUNDARY + headers.ROLES + headers.SERVICES + headers.HELPERS + ["layouts.h"]
    return [name for name in known if name not in included and name not in ASKED_FOR]


def complaint(table, include, compiler):
    """The first sentence about these headers, or None."""
    gone = left_out(include)
    if gone:
        return f"jackfield.h does not include {', '.join(gone)}: it is all of the plugin ABI"
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        file = folder / ("author.cpp" if "++" in compiler else "author.c")
        file.write_text(source(table, include), encoding="utf-8")
        command = compiler.split() + ["-Wall", "-Wextra", "-Werror", "-Wno-missing-field-initializers", "-O1",
                                      "-fvisibility=hidden", "-rdynamic", "-I", str(include), "-o",
                                      str(folder / "author"), str(file), "-ldl"]
        made = subprocess.run(command, capture_output=True, text=True)
        if made.returncode:
            return f"what an author wrote does not compile with {compiler} any more: {errors(made.stderr)}"
        ended = subprocess.run([str(folder / "author")], capture_output=True, text=True)
        if ended.returncode:
            said = ended.stdout.strip().splitlines()
            return f"{compiler}: " + ("; ".join(said) or f"author.c ended with {ended.returncode}")
    return None


def errors(text):
    lines = [line for line in text.splitlines() if "error:" in line]
    return "; ".join(re.sub(r"^.*?(error: )", "", line) for line in lines[:3]) or text.strip()[:400]


if __name__ == "__main__":
    try:
        released = golden.read_table(sys.argv[1])
        for each in sys.argv[3:] or ["gcc -std=c11"]:
            sentence = complaint(released, sys.argv[2], each)
            if sentence:
                sys.exit(sentence)
    except (Wrong, headers.Unreadable) as error:
        sys.exit(str(error))
