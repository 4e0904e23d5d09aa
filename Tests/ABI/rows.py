"""What today's headers say, as rows. The compiler is asked for every size, offset and value, by the program rows.c. It
must print the same under each compiler that is given, as C and as C++.
"""

import os
import pathlib
import re
import subprocess
import tempfile

import headers

# Begins with `size`, but lies in memory of the caller, who has room for this much and no more.
NEVER_GROWS = {"jackfield_failure"}


class Wrong(Exception):
    """What is wrong, in a sentence."""


def program(files):
    """rows.c with a line for each declaration."""
    grows = growing(files)
    lines = []
    for header in files.values():
        for item in header.items:
            if item.kind == "constant":
                lines.append(f"{'TEXT' if is_text(item) else 'NUMBER'}({item.name})")
            elif item.kind == "type":
                lines.append(f"TYPE({item.name}, {quoted(item.type)})")
            elif item.kind in ("function", "helper", "macro"):
                lines.append(f"SAY({quoted(item.kind)}, {quoted(item.name)}, {quoted(signature(item))})")
            elif item.kind == "struct":
                lines.append(f"STRUCT({item.name}, {quoted('grows' if item.name in grows else 'fixed')})")
                lines += [f"FIELD({item.name}, {field.name}, {quoted(field.type)})" for field in item.fields]
    template = (pathlib.Path(__file__).parent / "rows.c").read_text(encoding="utf-8")
    return template.replace("/* DECLARATIONS */", "\n  ".join(lines))


def growing(files):
    """The structs that may get fields at their end: those with a `size` at their front, and elements of lists, which
    have their list's stride. What helpers keep for themselves crosses no boundary, and grows with the source."""
    names = {item.name for header in files.values() for item in header.of("struct")
             if item.fields[0].name == "size" and item.fields[0].type == "uint32_t"}
    for header in files.values():
        for text in [item.comment for item in header.items] + [
                field.note + " " + field.comment for item in header.of("struct") for field in item.fields]:
            names.update(re.findall(r"\bof (jackfield_\w+)", text))
    names.update(item.name for name in headers.HELPERS for item in files[name].of("struct"))
    return names - NEVER_GROWS


def is_text(item):
    return item.value.startswith('"')


def signature(item):
    """A function's type, with its name and without those of its parameters; a macro's with them."""
    if item.kind == "macro":
        return item.signature
    head, parameters = item.signature.split("(", 1)
    return f"{headers.nameless(head + ' x')}({headers.nameless(parameters.rsplit(')', 1)[0])})"


def quoted(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def today(include, compilers):
    """Rows by (kind, name), as every compiler says."""
    files = headers.load(include)
    source = program(files)
    first = None
    with tempfile.TemporaryDirectory() as folder:
        for number, compiler in enumerate(compilers):
            ending = "cpp" if "++" in compiler else "c"
            path = os.path.join(folder, f"golden.{ending}")
            with open(path, "w", encoding="utf-8") as file:
                file.write(source)
            binary = os.path.join(folder, f"golden-{number}")
            command = compiler.split() + ["-w", "-I", include, "-o", binary, path]
            made = subprocess.run(command, capture_output=True, text=True)
            if made.returncode:
                raise Wrong(f"{compiler} does not compile the headers: {made.stderr.strip()[:600]}")
            rows = parse(subprocess.run([binary], capture_output=True, text=True, check=True).stdout)
            if first is None:
                first = rows
            elif rows != first:
                other = sorted(set(rows.items()) ^ set(first.items()))[:4]
                raise Wrong(f"{compiler} and {compilers[0]} do not agree on the ABI: {other}")
    check_shape(files, first)
    return first


def parse(text):
    rows = {}
    for line in text.splitlines():
        kind, name, value = line.split("\t")
        if rows.setdefault((kind, name), value) != value:
            raise Wrong(f"{kind} {name} is said to be {rows[kind, name]!r} and {value!r}")
    return rows


def check_shape(files, rows):
    """What holds for every struct: no hidden padding, and a payload's parts are its fields, all of them."""
    laid = {name for kind, name in rows if kind == "layout"}
    for header in files.values():
        for item in header.of("struct"):
            end = 0
            for field in item.fields:
                row = rows["field", f"{item.name}.{field.name}"]
                at, size = map(int, re.match(r"at (\d+), (\d+) bytes", row).groups())
                if at != end and header.name not in headers.HELPERS:
                    raise Wrong(f"{item.name} has {at - end} hidden bytes before {field.name}: name them `reserved`")
                end = at + size
            size = int(rows["struct", item.name].split()[0])
            if end != size and header.name not in headers.HELPERS:
                raise Wrong(f"{item.name} has {size - end} hidden bytes at its end: name them `reserved`")
            if item.name in laid:
                parts = [name.split(".")[1] for kind, name in rows
                         if kind == "part" and name.split(".")[0] == item.name]
                if parts != [field.name for field in item.fields]:
                    raise Wrong(f"{item.name}: its layout lists {', '.join(parts)}; it must list its fields, in order")
                if size % 8:
                    raise Wrong(f"{item.name} has {size} bytes; a payload's struct is a multiple of 8")
            elif header.name in headers.ROLES + headers.SERVICES:
                raise Wrong(f"{item.name} belongs to no method, event or list: nothing would ever check it")
