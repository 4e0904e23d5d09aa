#!/usr/bin/env python3
"""Has abidiff compare two descriptions, and judges its report: additions pass and are listed, everything else is a
sentence and exit code 1.

  verdict.py INCLUDE BASELINE TODAY

abidiff's own suppressions cannot say it: "a field was inserted at the end" also hides another field of the same struct
that changed its type (seen with abigail-tools 2.2). So every line of the report must be one that is known to do no harm.
"""

import re
import subprocess
import sys

import headers
from rows import growing


def judge(report, grows):
    """(what is wrong, what was added)"""
    wrong, added = [], []
    struct, size = None, 0
    for line in report.splitlines():
        text = line.strip()
        if not text or re.match(r"(Leaf changes|Changed leaf types|Removed/Changed/Added \w+) summary:", text):
            continue
        block = re.match(r"'struct (\w+)( at [^']*)?' changed:$", text)
        grew = re.match(r"type size changed from (\d+) to (\d+) \(in bits\)$", text)
        field = re.match(r"'(.+)', at offset (\d+) \(in bits\)$", text)
        if block and line[0] != " ":
            struct, size = block.group(1), 0
            if struct not in grows:
                wrong.append(f"struct {struct} has changed and is none that may grow")
        elif re.match(r"\d+ Added (function|variable)s?:$", text):
            struct = None
        elif text.startswith("[A] "):
            added.append(re.sub(r".*\babi_(\w+).*", r"\1", text))
        elif struct and grew and int(grew.group(2)) > int(grew.group(1)):
            size = int(grew.group(1))
        elif struct and re.match(r"\d+ data member insertions?:$", text):
            pass
        elif struct and field and size and int(field.group(2)) >= size:
            added.append(f"{struct}: {field.group(1)}")
        else:
            wrong.append(f"{struct + ': ' if struct else ''}{text}")
    return wrong, added


def compare(include, baseline, today):
    """(what is wrong, what was added)"""
    command = ["abidiff", "--no-architecture", "--harmless", "--leaf-changes-only", "--no-show-locs", baseline, today]
    ended = subprocess.run(command, capture_output=True, text=True)
    # Bits 1 and 2: abidiff itself failed. Bits 4 and 8 are about what it found, which is judged here.
    if ended.returncode & 3:
        return [f"abidiff could not compare {baseline} with today's headers: {ended.stderr.strip()}"], []
    return judge(ended.stdout, growing(headers.load(include)))


if __name__ == "__main__":
    found, news = compare(*sys.argv[1:4])
    for sentence in found[:20]:
        print(sentence)
    if news and not found:
        print("new since the baseline: " + ", ".join(news))
    sys.exit(1 if found else 0)
