"""Imported by the fork server: imports what notebooks need, so that it is there when they start.

A module that cannot be imported is left to the notebook that wants it, whose error will say why.
"""

import contextlib
import gc
import importlib
import os
import signal

from reported.press.run import orphans

# Ctrl-C is for the build, which ends this process; it was held back until now
signal.signal(signal.SIGINT, signal.SIG_IGN)
signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
orphans.adopt()
gc.disable()
shell = importlib.import_module("reported.press.run.shell")
for _name in os.environ.pop("REPORTED_PRELOAD", "").split():
    with contextlib.suppress(Exception):
        importlib.import_module(_name)
shell.shell()
# the processes forked from this one leave what is imported now out of garbage collection, which would copy its memory
gc.freeze()
gc.enable()
