#!/usr/bin/env python3
"""Writes docs/abi-reference.md and docs/abi: every role, service, method, event, struct, field, number and function of
the ABI, with the headers' own comments. A page for each header, one for the helpers, and one that leads to the others.

  reference.py INCLUDE GOLDEN FOLDER        FOLDER is `docs`

Numbers, offsets and contracts come from the golden table, which asked the compiler; words come from the headers.
"""

import pathlib
import re
import sys

import golden
import headers
from rows import Wrong


class Page:
    def __init__(self, files, table, name):
        self.files, self.table, self.name, self.lines = files, table, name, []
        self.homes = {item.name: page_of(header.name)
                      for header in files.values() for item in header.of("struct", "type")}
        self.structs = {item.name: item for header in files.values() for item in header.of("struct", "type")}
        self.functions = {item.name for header in files.values() for item in header.of("function", "helper", "macro")}

    # ---- Words ----

    def words(self, text, line=True):
        """A comment as Markdown: names become code, and those of structs lead to them."""
        text = re.sub(r"\s+", " ", text) if line else text
        parts = text.split("`")
        for at in range(0, len(parts), 2):
            parts[at] = parts[at].replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*")
            parts[at] = re.sub(r"\bjackfield_\w+", self.link, parts[at])
            parts[at] = re.sub(r"(?<![`\w])JACKFIELD_[A-Z0-9_]+(\\\*)?",
                               lambda match: "`" + match.group(0).replace("\\", "") + "`", parts[at])
        return "`".join(parts)

    def link(self, match):
        name = match.group(0)
        return self.to(name) if name in self.structs else f"`{name}`"

    def to(self, struct, shown=None):
        """A link to a struct, on this page or another one."""
        home = "" if self.homes[struct] == self.name else self.homes[struct]
        return f"[{shown or f'`{struct}`'}]({home.removeprefix('abi/') if self.name != INDEX else home}#{struct})"

    def prose(self, text):
        """A comment above something: paragraphs and lists as they stand, examples as code."""
        for block in re.split(r"\n\s*\n", text):
            if not block.strip():
                continue
            lines = block.split("\n")
            if all(line.startswith("  ") for line in lines) and ";" in block:
                self.add("```c", *[line[2:] for line in lines], "```", "")
            elif any(re.match(r"\s*- ", line) for line in lines):
                self.bullets(lines)
            else:
                self.add(self.words(block), "")

    def bullets(self, lines):
        first = next(at for at, line in enumerate(lines) if re.match(r"\s*- ", line))
        if first:
            self.add(self.words(" ".join(lines[:first])), "")
        entry, lines = [], lines[first:]
        for line in lines + ["- "]:
            if re.match(r"\s*- ", line) and entry:
                self.add(self.words(" ".join(part.strip() for part in entry)))
                entry = []
            entry.append(line)
        self.add("")

    def since(self, kind, name):
        version = self.table.get((kind, name), (golden.UNRELEASED, ""))[0]
        if version == golden.UNRELEASED:
            return " (not released yet)"
        return "" if version == FIRST else f" (since {version})"

    def add(self, *lines):
        self.lines += lines

    # ---- Parts of a header ----

    def constants(self, group):
        for item in group:
            if item.comment:
                self.prose(item.comment)
                break
        self.add("| name | value | meaning |", "| --- | --- | --- |")
        for number, item in enumerate(group):
            value = self.table["constant", item.name][1].split(" ", 1)[1]
            if item.value.startswith('"'):
                value = f'`"{value}"`'
            elif item.value.startswith("0x"):
                value = item.value.rstrip("uUlL")
            above = item.comment if number and item.comment else ""
            self.add(f"| `{item.name}` | {value} | {self.words(' '.join(filter(None, [above, item.note])))}"
                     f"{self.since('constant', item.name)} |")
        self.add("")

    def struct(self, item):
        size = self.table["struct", item.name][1].split()[0]
        may_grow = self.table["struct", item.name][1].endswith("grows")
        grows = "fields may be added at its end" if may_grow else "never grows"
        headed = item.fields[0].name == "size" and item.fields[0].type == "uint32_t"
        element = ("layout", item.name) in self.table and self.table["layout", item.name][1].endswith("element")
        self.add(f"### {item.name}", "")
        if item.comment:
            self.prose(item.comment)
        self.add(f"{size} bytes; {grows}{'. An element of lists, sized by their stride' if element else ''}."
                 f"{self.since('struct', item.name)}", "")
        self.add("| at | field | type | meaning |", "| --- | --- | --- | --- |")
        pointers = []
        for field in item.fields:
            at = re.match(r"at (\d+)", self.table["field", f"{item.name}.{field.name}"][1]).group(1)
            if "*)(" in field.type:
                pointers.append(field)
                meaning, kind = "see below", "function"
            else:
                meaning, kind = self.meaning(field, headed), self.type_of(item.name, field)
            since = self.since("field", f"{item.name}.{field.name}")
            self.add(f"| {at} | `{field.name}` | {kind} | {meaning}{since} |")
        self.add("")
        for field in pointers:
            self.add(f"#### {item.name}.{field.name}", "", "```c", unspelled(field.text), "```", "")
            self.prose(field.comment)

    def meaning(self, field, headed):
        if field.name == "size" and headed:
            return "bytes of this struct, as its sender knows it"
        if field.name == "reserved" and not field.note:
            return "zero"
        said = " ".join(filter(None, [field.comment, field.note]))
        # What a list is of stands in the column before.
        return self.words(re.sub(r"^of jackfield_\w+[:,]? ?", "", said) if field.type == "jackfield_list" else said)

    def type_of(self, struct, field):
        part = self.table.get(("part", f"{struct}.{field.name}"))
        if part:
            kind = part[1].rsplit(" at ", 1)[0]
            of = re.match(r"LIST of (\w+)", kind)
            if of:
                return f"list of {self.to(of.group(1))}"
            if kind in ("TEXT", "DATA"):
                return {"TEXT": "text", "DATA": "bytes"}[kind]
        name = re.sub(r" (nonnull|nullable)", "", field.type)
        null = ", may be null" if field.type.endswith("nullable") else ""
        if name in self.structs:
            return self.to(name)
        return f"`{name}`{null}"

    def function(self, item):
        self.add(f"### {item.name}", "", "```c", unspelled(item.signature), "```", "")
        if item.comment or item.note:
            self.prose(" ".join(filter(None, [item.comment, item.note])))

    def declarations(self, header, helpers=False):
        """Everything of a header in its order; numbers that stand together make one table."""
        group = []
        for item in header.items + [headers.Item("end", "")]:
            if item.kind == "constant" and (not group or not (item.comment and group)):
                group.append(item)
                continue
            if group:
                self.constants(group)
                group = []
            if item.kind == "constant":
                group = [item]
            elif item.kind == "section":
                self.add(f"## {re.sub(chr(10), ' ', item.name).split(': ')[0].split('. ')[0]}", "")
                rest = re.sub(r"\s+", " ", item.name)
                if len(rest) > 60:
                    self.add(self.words(rest[0].upper() + rest[1:]), "")
            elif item.kind == "struct":
                self.struct(item)
            elif item.kind == "type":
                self.add(f"### {item.name}", "", f"`{item.type}`{self.since('type', item.name)}", "")
                self.prose(item.comment)
            elif item.kind in ("function", "helper", "macro"):
                self.function(item)

    # ---- Contracts ----

    def contract(self, identity, header):
        self.prose(header.comment)
        self.add("| method | number | request | result | events |", "| --- | --- | --- | --- | --- |")
        for (kind, name), (_, value) in self.table.items():
            if kind != "method" or not name.startswith(identity + " "):
                continue
            number = name.split(" ")[1]
            method, request, result = re.match(r"(\w+): (\w+) -> (\w+)", value).groups()
            events = [re.match(r"(\w+): (\w+)", row[1]).groups() for (kind, event), row in self.table.items()
                      if kind == "event" and event.startswith(f"{identity} {number}.")]
            told = ", ".join(self.to(struct, event) for event, struct in events) or "none"
            told += self.since("method", name)
            self.add(f"| `{method}` | {number} | {self.to(request)} | {self.to(result)} | {told} |")
        self.add("")


FIRST = "1.0.0"
INDEX = "abi-reference.md"


def page_of(header):
    return "abi/helpers.md" if header in headers.HELPERS else f"abi/{header[:-2]}.md"


def write(include, table_path):
    """Pages by name."""
    files = headers.load(include)
    table = golden.read_table(table_path)
    pages = {INDEX: index(Page(files, table, INDEX))}
    for name, title in [("abi.h", "The core"), ("payload.h", "Payloads")]:
        page = begin(files, table, name, title)
        page.add("```text", files[name].comment, "```", "")
        page.declarations(files[name])
        pages[page.name] = page
    for name in headers.ROLES + headers.SERVICES:
        identity = f"jackfield.{name[:-2]}/1"
        titles = ["a role"] * (name in headers.ROLES) + ["a service"] * (name in headers.SERVICES or name == "llm.h")
        page = begin(files, table, name, f"{identity}, {' and '.join(titles)}")
        page.contract(identity, files[name])
        page.declarations(files[name])
        pages[page.name] = page
    page = begin(files, table, headers.HELPERS[0], "Helpers")
    page.add("Header-only but for `contracts.h`; no dependency but the C library. They are frozen as source.", "")
    for name in headers.HELPERS:
        page.add(f"## {name}", "")
        page.prose(files[name].comment)
        page.declarations(files[name])
    pages[page.name] = page
    return {name: re.sub(r"\n{3,}", "\n\n", "\n".join(page.lines)).rstrip() + "\n" for name, page in pages.items()}


def begin(files, table, header, title):
    page = Page(files, table, page_of(header))
    page.add(f"# {title}", "", *NOTICE, "Back to [the reference](../abi-reference.md).", "")
    return page


NOTICE = ["<!-- Written by Tests/ABI/reference.py from PluginAPI/C/include/jackfield: change the headers, then run",
          "     `Tests/ABI/check --write`. -->", ""]


def index(page):
    page.add("# Plugin ABI reference", "", *NOTICE,
             "Every function, struct, field, event and number of the plugin ABI, as the headers say it.",
             "[abi.md](abi.md) tells how the pieces belong together. Offsets and sizes are in bytes. What stands here",
             f"without a version was released with {FIRST} and does not change within major version 1.", "",
             "- [the core](abi/abi.md): outcomes, calls, the lifecycle, the descriptor",
             "- [payloads](abi/payload.md): how requests, events and results lie in memory",
             "- [helpers](abi/helpers.md): to build, read and check payloads", "")
    for title, names in [("role", headers.ROLES), ("service", ["llm.h"] + headers.SERVICES)]:
        page.add(f"| {title} | methods |", "| --- | --- |")
        for name in names:
            identity = f"jackfield.{name[:-2]}/1"
            page.add(f"| [{identity}]({page_of(name)}) | {methods(page, identity)} |")
        page.add("")
    page.add("## Every struct", "")
    for header in page.files.values():
        links = [page.to(item.name) for item in header.of("struct")]
        if links and header.name not in headers.HELPERS:
            page.add(f"- `{header.name}`: {', '.join(links)}")
    page.add("")
    return page


def unspelled(declaration):
    """A declaration as C alone; which pointers may be null is told beside it."""
    return re.sub(r"JACKFIELD_(NONNULL|NULLABLE) ?", "", declaration) + ";"


def methods(page, identity):
    return ", ".join(f"`{value[1].split(':')[0]}`" for (kind, name), value in page.table.items()
                     if kind == "method" and name.startswith(identity + " "))


if __name__ == "__main__":
    try:
        folder = pathlib.Path(sys.argv[3])
        (folder / "abi").mkdir(parents=True, exist_ok=True)
        for name, text in write(sys.argv[1], sys.argv[2]).items():
            (folder / name).write_text(text, encoding="utf-8")
    except KeyError as error:
        sys.exit(f"{error} is not in the golden table yet: run `Tests/ABI/check --write`")
    except (Wrong, headers.Unreadable) as error:
        sys.exit(str(error))
