"""The plugin ABI's headers as data: constants, types, structs with their fields, functions, and every comment.

The headers are written in a narrow style (see PluginAPI/C/include/jackfield), and only that style is read: block
comments, one declaration at a time, no bit-fields, no nested structs. What is written otherwise raises `Unreadable`, so
that nothing is passed over in silence. The compiler has the last word on sizes and values: rows.py asks it.
"""

import pathlib
import re


class Unreadable(Exception):
    """A header holds something that is not understood; the text says where and what."""


class Item:
    """One declaration. `comment` stood above it, `note` behind it on the same line."""

    def __init__(self, kind, name, comment="", note="", **rest):
        self.kind, self.name, self.comment, self.note = kind, name, comment, note
        self.__dict__.update(rest)


class Header:
    """One file. `name` is relative to the folder `jackfield`; `comment` stands at its top."""

    def __init__(self, name, comment, items):
        self.name, self.comment, self.items = name, comment, items

    def of(self, *kinds):
        return [item for item in self.items if item.kind in kinds]


MARK = re.compile(r"\x01(\d+)\x02")

# What a header is included for, in the order of the reference.
BOUNDARY = ["abi.h", "payload.h"]
ROLES = ["agent.h", "llm.h", "validator.h", "exporter.h", "notifier.h", "tool.h"]
SERVICES = ["agents.h", "tools.h", "http.h", "log.h", "metrics.h", "secrets.h", "timer.h"]
HELPERS = ["build.h", "read.h", "layout.h", "check.h", "contracts.h"]
# No declarations of their own that anybody could name from outside.
TABLES = ["jackfield.h", "layouts.h"]


def load(include):
    """All headers of `include`/jackfield, by name. A file that this module was not told of is an error."""
    folder = pathlib.Path(include) / "jackfield"
    known = BOUNDARY + ROLES + SERVICES + HELPERS
    for path in sorted(folder.glob("*.h")):
        if path.name not in known + TABLES:
            raise Unreadable(f"{path.name} is new: say in Tests/ABI/headers.py if it is a role, a service or a helper")
    for name in known:
        if not (folder / name).is_file():
            raise Unreadable(f"{name} is gone: what was released stays")
    return {name: read(folder / name, name) for name in known}


def read(path, name):
    text = path.read_text(encoding="utf-8")
    comments = []

    def keep(match):
        comments.append(plain(match.group(0)))
        return f"\x01{len(comments) - 1}\x02"

    text = re.sub(r"/\*.*?\*/", keep, text, flags=re.S)
    text = re.sub(r"\\\n", " ", text)
    top = MARK.match(text)
    body = text[top.end():] if top else text
    return Header(name, comments[int(top.group(1))] if top else "", list(items(body, comments, name)))


def plain(comment):
    """The words of a block comment; paragraphs stay apart, lists and examples keep their lines."""
    lines = [re.sub(r"^\s*(\* ?)?", "", line, count=1) if number else line.strip()
             for number, line in enumerate(comment[2:-2].split("\n"))]
    return "\n".join(line.rstrip() for line in lines).strip("\n").strip()


def items(text, comments, name):
    """Declarations in the order of the file."""
    above = ""
    at = 0
    # The bodies of functions are no declarations.
    while at < len(text):
        rest = text[at:]
        blank = re.match(r"[ \t]*\n[ \t]*\n", rest)
        if blank and above:
            # A comment that a blank line follows belongs to nothing: prose.
            yield Item("prose", "", above)
            above = ""
        space = re.match(r"\s+", rest)
        if space:
            at += space.end()
            continue
        mark = MARK.match(rest)
        if mark:
            words = comments[int(mark.group(1))]
            section = re.match(r"-{4,} (.*?)(?: -{4,})?$", words, re.S)
            if section:
                yield Item("section", section.group(1))
            else:
                if above:
                    yield Item("prose", "", above)
                above = words
            at += mark.end()
            continue
        if rest.startswith("#"):
            line = re.match(r"[^\n]*", rest).group(0)
            item = directive(line, comments, above)
            at += len(line)
            if item:
                yield item
                above = ""
            elif not line.startswith(("#if", "#endif", "#else", "#define", "#include", "#ifndef", "#pragma", "#error")):
                raise Unreadable(f"{name}: {line}")
            continue
        if rest.startswith('extern "C"'):
            at += len('extern "C"')
            continue
        struct = re.match(r"typedef struct (\w+) \{(.*?)\n\} (\w+);([^\n]*)", rest, re.S)
        if struct:
            if struct.group(1) != struct.group(3):
                raise Unreadable(f"{name}: struct {struct.group(1)} has another name as a type: {struct.group(3)}")
            yield Item("struct", struct.group(1), above, trailing(struct.group(4), comments),
                       fields=fields(struct.group(2), comments, f"{name}: {struct.group(1)}"))
            above = ""
            at += struct.end()
            continue
        alias = re.match(r"typedef (\w+) (\w+);([^\n]*)", rest)
        if alias:
            yield Item("type", alias.group(2), above, trailing(alias.group(3), comments), type=alias.group(1))
            above = ""
            at += alias.end()
            continue
        inline = re.match(r"static inline (.*?)\s*\{", rest, re.S)
        if inline:
            signature = tidy(inline.group(1))
            yield Item("helper", function_name(signature, name), above, signature=signature)
            above = ""
            at += inline.end() + balanced(rest[inline.end():], name)
            continue
        prototype = re.match(r"(?:const )?\w[\w *]*?\w+\([^;{]*\);([^\n]*)", rest)
        if prototype:
            signature = tidy(MARK.sub("", prototype.group(0).rsplit(";", 1)[0]))
            yield Item("function", function_name(signature, name), above, trailing(prototype.group(1), comments),
                       signature=signature)
            above = ""
            at += prototype.end()
            continue
        raise Unreadable(f"{name}: not understood: {rest[:60]!r}")
    if above:
        yield Item("prose", "", above)


def balanced(text, name):
    """How far it is to the brace that closes one that is open."""
    depth, inside = 1, None
    for at, character in enumerate(text):
        if inside:
            inside = None if character == inside and text[at - 1] != "\\" else inside
        elif character in "\"'":
            inside = character
        else:
            depth += {"{": 1, "}": -1}.get(character, 0)
            if depth == 0:
                return at + 1
    raise Unreadable(f"{name}: a brace is not closed")


# Spellings of the compiler's own features: no part of what crosses the boundary.
SPELLING = {"JACKFIELD_NONNULL", "JACKFIELD_NULLABLE", "JACKFIELD_EXPORT"}


def directive(line, comments, above):
    match = re.match(r"#define (\w+)(\([^)]*\))?[ \t]*(.*)$", line)
    if not match:
        return None
    name, parameters, rest = match.groups()
    value = tidy(MARK.sub("", rest))
    note = trailing(rest, comments)
    if name in SPELLING or name.endswith("_H"):
        return None
    if parameters is not None:
        return Item("macro", name, above, note, signature=f"{name}{parameters}")
    if re.match(r'"|-?\d|\(|JACKFIELD_', value):
        return Item("constant", name, above, note, value=value)
    raise Unreadable(f"{name} is defined as {value!r}, which is neither a number nor a text")


def fields(body, comments, where):
    found, above = [], ""
    for line in joined(body):
        words = [comments[int(number)] for number in MARK.findall(line)]
        code = tidy(MARK.sub(" ", line))
        if not code:
            above = " ".join(words) or above
            continue
        pointer = re.match(r"(.*?)\(\*(\w+) (\w+)\)\((.*)\)$", code)
        array = re.match(r"(\w+) (\w+)\[(\d+)\]$", code)
        simple = re.match(r"(.*?[\s*])(\w+)$", code)
        if pointer:
            result, null, name, parameters = pointer.groups()
            found.append(Item("field", name, above, " ".join(words),
                              type=f"{result.strip()} ({spell(null)}*)({nameless(parameters)})", text=code))
        elif array:
            found.append(Item("field", array.group(2), above, " ".join(words),
                              type=f"{array.group(1)}[{array.group(3)}]", text=code))
        elif simple:
            found.append(Item("field", simple.group(2), above, " ".join(words), type=nameless(code), text=code))
        else:
            raise Unreadable(f"{where}: {code!r} is no field that is understood")
        above = ""
    return found


def joined(body):
    """A line for each field with the comment behind it, and one for each comment that stands alone."""
    lines, open_line = [], ""
    for line in body.split("\n"):
        if not line.strip():
            continue
        open_line += " " + line.strip()
        code = MARK.sub("", open_line).strip()
        if not code or code.endswith(";"):
            lines.append(re.sub(r";(?=\s*(\x01\d+\x02\s*)*$)", "", open_line.strip()))
            open_line = ""
    if open_line:
        raise Unreadable(f"a field is not closed: {open_line!r}")
    return lines


def spell(word):
    return {"JACKFIELD_NONNULL": "nonnull ", "JACKFIELD_NULLABLE": "nullable "}[word]


def nameless(parameters):
    """A list of parameters, or one field, without the names: "int32_t call, void *x" is "int32_t, void *"."""
    kept = []
    for parameter in parameters.split(","):
        parameter = parameter.replace("JACKFIELD_NONNULL", " nonnull ").replace("JACKFIELD_NULLABLE", " nullable ")
        parameter = tidy(parameter)
        kept.append(parameter if parameter == "void" else tidy(re.sub(r"(?<=[\s*])\w+$", "", parameter)))
    return ", ".join(kept)


def function_name(signature, where):
    match = re.match(r"[^(]*?(\w+)\(", signature)
    if not match:
        raise Unreadable(f"{where}: {signature!r} has no name")
    return match.group(1)


def trailing(rest, comments):
    return " ".join(comments[int(number)] for number in MARK.findall(rest))


def tidy(text):
    return re.sub(r"\s+", " ", text).strip()
