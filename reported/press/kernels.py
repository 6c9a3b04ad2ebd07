"""How kernel processes come about: private sockets, a fixed environment, nothing left behind.

Not for what runs in them (execute.py).
"""

import contextlib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

# what a notebook may see of the environment it was started from; the rest could change its results
_PASSED_ON = ("PATH", "HOME", "TMPDIR", "LD_LIBRARY_PATH", "PYTHONPATH", "VIRTUAL_ENV", "SYSTEMROOT")
_PASSED_ON_PREFIXES = ("COVERAGE", "COV_")
_LONGEST_SOCKET_FOLDER = 80  # a socket's path may be 107 bytes long; names inside take up to 25


def environment(cache: Path, private: Path) -> dict[str, str]:
    """The environment of every kernel: the same wherever and whenever it runs."""
    passed_on = {
        name: value
        for name, value in os.environ.items()
        if name in _PASSED_ON or name.startswith(_PASSED_ON_PREFIXES)
    }
    return passed_on | {
        "PYTHONHASHSEED": "0",
        "SOURCE_DATE_EPOCH": "0",
        "TZ": "UTC",
        "LC_ALL": "C.UTF-8",
        "LANG": "C.UTF-8",
        "PYTHONUTF8": "1",
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "MPLCONFIGDIR": str(cache / "matplotlib"),
        "MPL_IGNORE_SYSTEM_FONTS": "1",  # a font that happens to be installed must not change a chart
        "IPYTHONDIR": str(private / "ipython"),  # nobody's start-up files, no history
        "JUPYTER_CONFIG_DIR": str(private / "jupyter"),
        "JUPYTER_RUNTIME_DIR": str(private),
        "OPENBLAS_NUM_THREADS": "1",  # several kernels share the processors already
        "OMP_NUM_THREADS": "1",
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    }


class Kernels:
    """Kernels started one by one, with sockets in a folder only this user can enter."""

    def __init__(self, private: Path, env: dict[str, str]) -> None:
        self.private = private
        self.environment = env
        self._count = 0

    def manager(self) -> Any:
        """A manager for one new kernel."""
        from jupyter_client.kernelspec import KernelSpec
        from jupyter_client.manager import AsyncKernelManager

        self._count += 1
        manager = AsyncKernelManager(
            transport="ipc",
            ip=str(self.private / f"k{self._count}"),
            connection_file=str(self.private / f"k{self._count}.json"),
        )
        manager._kernel_spec = KernelSpec(
            argv=[sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
            language="python",
        )
        return manager


@contextlib.contextmanager
def kernels(cache: Path, staging: Path, preload: Sequence[str]) -> Iterator[Kernels]:
    """A source of kernels that is gone afterwards, with all of them."""
    private = socket_folder(staging)
    try:
        yield Kernels(private, environment(cache, private))
    finally:
        shutil.rmtree(private, ignore_errors=True)


def socket_folder(staging: Path) -> Path:
    """A 0700 folder inside staging, or a short one in the temporary folder where that path is too long."""
    if len(os.fsencode(staging)) <= _LONGEST_SOCKET_FOLDER:
        return Path(tempfile.mkdtemp(prefix="s", dir=staging))
    folder = Path(tempfile.mkdtemp(prefix="reported-"))
    (staging / "sockets").symlink_to(folder)  # so that a later run can sweep it
    return folder
