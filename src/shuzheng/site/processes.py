"""What a process of the house asks of the kernel."""

import ctypes
import os
import signal

SET_PARENT_DEATH_SIGNAL = 1


def end_with_parent() -> None:
    """Ask to be ended when the parent ends, however it ends: no orphan keeps the port."""
    parent = os.getppid()
    ctypes.CDLL(None).prctl(SET_PARENT_DEATH_SIGNAL, signal.SIGTERM, 0, 0, 0)
    if os.getppid() != parent:
        os.kill(os.getpid(), signal.SIGTERM)
