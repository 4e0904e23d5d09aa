"""What a page says is to be done: its files and its commands, in order."""

import re
import subprocess
from dataclasses import dataclass
from typing import Optional


@dataclass
class File:
    line: int
    path: str
    text: str
    is_more: bool  # goes to the end of the file


@dataclass
class Command:
    line: int
    text: str
    output: Optional[str]  # None: the page shows none, and any will do


FENCE = re.compile(r"^```(\S+)(.*)$")


def steps(text):
    """The steps of a page. Raises ValueError, "LINE: sentence", for a block that cannot be understood."""
    lines = text.split("\n")
    found = []
    at = 0
    while at < len(lines):
        opening = FENCE.match(lines[at])
        if not opening:
            at += 1
            continue
        first = at + 1
        at = first
        while at < len(lines) and lines[at] != "```":
            at += 1
        if at == len(lines):
            raise ValueError(f"{first}: the block that begins here has no end")
        language, words = opening.group(1), opening.group(2).split()
        block = "".join(line + "\n" for line in lines[first:at])
        files = [word.partition("=") for word in words if word.startswith(("file=", "more="))]
        if files:
            found.append(File(first, files[0][2], block, files[0][0] == "more"))
        elif language == "console" and "skip" not in words:
            found += commands(lines[first:at], first + 1)
        at += 1
    return found


def commands(lines, number):
    """The commands of one block, each with what is printed below it."""
    found = []
    at = 0
    while at < len(lines):
        if not lines[at].startswith("$ "):
            raise ValueError(f'{number + at}: a console block begins with a command, "$ …"')
        first = at
        text = lines[at][2:]
        while not complete(text):
            at += 1
            if at == len(lines):
                raise ValueError(f"{number + first}: the command that begins here has no end")
            text += "\n" + lines[at]
        at += 1
        below = at
        while at < len(lines) and not lines[at].startswith("$ "):
            at += 1
        output = "\n".join(lines[below:at])
        found.append(Command(number + first, text, output if output.strip() else None))
    return found


def complete(text):
    """Whether a shell would wait for more: a backslash, an open quotation mark or here document."""
    if text.endswith("\\"):
        return False
    for mark in re.finditer(r"<<-?\s*(['\"]?)(\w+)\1", text):
        if mark.group(2) not in text[mark.end() :].split("\n")[1:]:
            return False
    checked = subprocess.run(["bash", "-n"], input=text + "\n", capture_output=True, text=True)
    return checked.returncode == 0 or "unexpected EOF" not in checked.stderr
