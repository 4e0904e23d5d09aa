"""One shell that types the commands of a page."""

import ctypes
import fcntl
import os
import select
import shutil
import signal
import socket
import struct
import subprocess
import time
import uuid

CLONE_NEWNET = 0x40000000  # unshare(2)
SIOCSIFFLAGS = 0x8914  # netdevice(7)
IFF_UP, IFF_RUNNING = 0x1, 0x40


def network_of_its_own():
    """Between fork and exec: a network with the loopback alone, so that no port is taken and nothing leaves."""
    if ctypes.CDLL(None).unshare(CLONE_NEWNET) != 0:
        return
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, SIOCSIFFLAGS, struct.pack("16sH14x", b"lo", IFF_UP | IFF_RUNNING))


class Shell:
    limit = 900  # seconds for one command: a first build takes its time on a busy machine

    def __init__(self, folder, bin):
        kept = {name: os.environ[name] for name in ("HOME", "LANG", "TMPDIR") if name in os.environ}
        self.process = subprocess.Popen(
            ["bash", "--noprofile", "--norc"],
            cwd=folder,
            env={**kept, "PATH": f"{bin}:{os.environ['PATH']}", "PS1": ""},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=network_of_its_own,
        )

    def __enter__(self):
        return self

    def __exit__(self, *_):
        # The session is ours alone: whatever a page left running in it ends here.
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self.process.wait()

    def run(self, command):
        """The status, or None after the limit, and what was printed."""
        mark = uuid.uuid4().hex
        # Standard input is where the commands come from: a command must not read it.
        line = f"{{ {command}\n}} </dev/null\nprintf '\\n%s %s\\n' {mark} $?\n"
        self.process.stdin.write(line.encode())
        self.process.stdin.flush()
        end = time.monotonic() + self.limit
        printed = b""
        while mark.encode() not in printed or not printed.endswith(b"\n"):
            left = end - time.monotonic()
            if left <= 0 or not select.select([self.process.stdout], [], [], left)[0]:
                return None, printed.decode(errors="replace")
            piece = os.read(self.process.stdout.fileno(), 1 << 16)
            if not piece:
                return self.process.wait(), printed.decode(errors="replace")
            printed += piece
        output, _, status = printed.decode(errors="replace").rpartition(f"\n{mark} ")
        return int(status), output

    def folder(self):
        return os.readlink(f"/proc/{self.process.pid}/cwd")

    @staticmethod
    def remove(folder):
        shutil.rmtree(folder, ignore_errors=True)
