"""Runs a command and ends it when the standard input of this process closes, so that no server outlives the tests."""

import os
import signal
import subprocess
import sys
import threading


def main() -> int:
    ready = int(os.environ["TANGO_TEST_READY"])
    child = subprocess.Popen(sys.argv[1:], stdin=subprocess.DEVNULL, pass_fds=[ready])
    os.close(ready)
    signal.signal(signal.SIGUSR1, lambda *_: child.kill())

    def watch() -> None:
        while os.read(0, 1024):
            pass
        child.terminate()
        try:
            child.wait(10)
        except subprocess.TimeoutExpired:
            child.kill()

    threading.Thread(target=watch, daemon=True).start()
    return child.wait()


if __name__ == "__main__":
    sys.exit(main())
