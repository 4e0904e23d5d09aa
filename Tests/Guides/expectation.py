"""Whether a command printed what the page shows."""

import re

ANY = "…"


def difference(expected, printed):
    """None if it did, else both. Empty lines at the end do not count."""
    pattern = ""
    for line in expected.rstrip("\n").split("\n"):
        if line == ANY:
            pattern += r"(?:.*\n)*?"
        else:
            pattern += ".*?".join(re.escape(part) for part in line.rstrip().split(ANY)) + "\n"
    text = "".join(line.rstrip() + "\n" for line in printed.rstrip("\n").split("\n"))
    if re.fullmatch(pattern, text):
        return None
    return f"The page says:\n{indented(expected)}\nIt printed:\n{indented(printed)}"


def indented(text):
    return "\n".join("    " + line for line in text.rstrip("\n").split("\n"))
