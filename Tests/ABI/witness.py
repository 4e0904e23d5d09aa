#!/usr/bin/env python3
"""Has abidw describe the ABI from the compiler's debug information, the same on every machine: no paths, no lines, no
processor.

  witness.py INCLUDE FILE

A type that nothing exported mentions is left out of such a description, so a C file is written that mentions each, in a
function of its own.
"""

import pathlib
import subprocess
import sys
import tempfile

import headers

CONTRACTS = pathlib.Path(__file__).resolve().parents[2] / "PluginAPI/C/contracts.c"
COMPILE = ["gcc", "-std=c11", "-g", "-gdwarf-4", "-O0", "-w", "-fPIC", "-shared", "-I", "include", "-o", "libabi.so", "abi.c"]
DESCRIBE = ["abidw", "--no-corpus-path", "--no-comp-dir-path", "--no-show-locs", "--no-architecture", "--no-elf-needed",
            "--no-parameter-names", "--type-id-style", "hash", "--out-file", "today.abi", "libabi.so"]


def source(include):
    files = headers.load(include)
    out = ["#include <jackfield/jackfield.h>", "#include <jackfield/contracts.h>", "",
           "const jackfield_plugin *jackfield_plugin_v1(void) { return NULL; }"]
    for header in files.values():
        for item in header.of("struct", "type"):
            out.append(f"void abi_{item.name}(const {item.name} *one);")
            out.append(f"void abi_{item.name}(const {item.name} *one) {{ (void)one; }}")
    return "\n".join(out) + "\n" + CONTRACTS.read_text(encoding="utf-8")


def describe(include, file):
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        (folder / "abi.c").write_text(source(include), encoding="utf-8")
        (folder / "include").symlink_to(pathlib.Path(include).resolve())
        subprocess.run([*COMPILE, f"-fdebug-prefix-map={folder}=."], cwd=folder, check=True)
        subprocess.run(DESCRIBE, cwd=folder, check=True)
        pathlib.Path(file).write_bytes((folder / "today.abi").read_bytes())


if __name__ == "__main__":
    try:
        describe(sys.argv[1], sys.argv[2])
    except (headers.Unreadable, subprocess.CalledProcessError) as error:
        sys.exit(str(error))
