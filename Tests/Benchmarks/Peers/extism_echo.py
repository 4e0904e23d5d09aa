"""Time Extism's Python package: `extism_echo.py MODULE CALLS`, 256 bytes to a WASM module and back.

Says on standard output where the library is that the package brings, its version, and the nanoseconds of single calls.
"""

import ctypes
import json
import pathlib
import sys
import time

import extism
import extism_sys

# Calls that warm the caches.
WARM_UP = 2_000


def main() -> None:
    library = next(pathlib.Path(extism_sys.__file__).parent.glob("libextism_sys.*"))
    plugin = extism.Plugin(pathlib.Path(sys.argv[1]).read_bytes())
    data = bytes(range(256))
    times = []
    for _ in range(WARM_UP + int(sys.argv[2])):
        start = time.perf_counter_ns()
        answer = plugin.call("echo", data)
        times.append(time.perf_counter_ns() - start)
        if answer != data:
            sys.exit("the module did not echo what it was sent")
    loaded = ctypes.CDLL(str(library))
    loaded.extism_version.restype = ctypes.c_char_p
    print(json.dumps({
        "library": str(library), "version": loaded.extism_version().decode(), "nanoseconds": times[WARM_UP:],
    }))


main()
