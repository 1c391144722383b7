"""What grade does the HTTP Observatory give a newspaper behind https? Prints a table in Markdown, and the grade.

    python -m bench.observatory        (as root: the scanner asks at ports 80 and 443)

Starts the demonstration edition as https://post.example, with nginx before it that speaks TLS by a certificate made for
the hour, and has the Observatory's own scanner look at the front page, a story and the log-in. The scanner comes from npm into
`.cache/observatory`, as the lock in `bench/npm/observatory` says; its list of preloaded hosts, which it would fetch at its
installation, is left empty. Needs `nginx`, `openssl` and `make .cache/chromium`.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from tests.project.command import Careo
from tests.project.newspaper import Newspaper, free_port
from tests.tools import browser

FOLDER = browser.CACHE / "observatory"
LOCK = Path(__file__).parent / "npm" / "observatory"
SCANNER = FOLDER / "node_modules/@mdn/mdn-http-observatory"
HOST = "post.example"
PATHS = ("home", "story", "login")
BEST = "A+"

NGINX = """
daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/nginx.log;
events {{ worker_connections 64; }}
http {{
  access_log off;
  client_body_temp_path {folder}; proxy_temp_path {folder}; fastcgi_temp_path {folder};
  uwsgi_temp_path {folder}; scgi_temp_path {folder};
  server {{ listen 127.0.0.1:80; return 301 https://$host$request_uri; }}
  server {{
    listen 127.0.0.1:443 ssl; ssl_certificate {folder}/certificate.pem; ssl_certificate_key {folder}/key.pem;
    location = / {{
      proxy_pass http://127.0.0.1:{port}{path}; proxy_set_header Host $host; proxy_set_header X-Forwarded-Proto https;
    }}
    location / {{
      proxy_pass http://127.0.0.1:{port}; proxy_set_header Host $host; proxy_set_header X-Forwarded-Proto https;
    }}
  }}
}}
"""
# The scanner asks the name service for the host, which is nobody's: here it is this machine's.
HERE = """
const dns = require("node:dns"), was = dns.lookup;
dns.lookup = (name, options, then) => was(name === "%s" ? "127.0.0.1" : name, options, then);
"""


def main() -> None:
    """Exit 1 where a page gets less than the best grade."""
    install()
    print("| page | grade | score | what it says of it |")
    print("| --- | --- | ---: | --- |")
    grades = []
    with tempfile.TemporaryDirectory() as made, served(Path(made)) as (port, paths):
        for name in PATHS:
            with behind_tls(Path(made), port, paths[name]):
                found = scan(Path(made))
            grades.append(found["scan"]["grade"])
            print(f"| {name} | {grades[-1]} | {found['scan']['score']} | {', '.join(said(found['tests']))} |")
    sys.exit(any(grade != BEST for grade in grades))


def install() -> None:
    """The scanner as the lock says, unless it is there already."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    lock, kept = LOCK / "package-lock.json", FOLDER / "package-lock.json"
    if not (kept.exists() and kept.read_bytes() == lock.read_bytes() and SCANNER.exists()):
        for name in ("package.json", "package-lock.json", ".npmrc"):
            shutil.copy(LOCK / name, FOLDER / name)
        browser.npm_ci(FOLDER)
    (SCANNER / "conf/hsts-preload.json").write_text("{}")


@contextmanager
def served(folder: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """The edition as https://post.example until the block ends; gives its port and its paths."""
    data, port = folder / "data", free_port()
    address, proxies = f"https://{HOST}", "127.0.0.1"
    careo = Careo(data, CAREO_BIND=f"127.0.0.1:{port}", CAREO_ADDRESS=address, CAREO_TRUSTED_PROXIES=proxies)
    found = json.loads(careo("demo", "--json").stdout)
    newspaper = Newspaper(data, port=port, CAREO_ADDRESS=address, CAREO_TRUSTED_PROXIES=proxies)
    try:
        newspaper.wait_until_it_answers()
        yield port, found["paths"]
    finally:
        newspaper.end()


@contextmanager
def behind_tls(folder: Path, port: int, path: str) -> Iterator[None]:
    """nginx before it, with this page in the place of the front page, the only one that the scanner looks at."""
    _certificate(folder)
    (folder / "nginx.conf").write_text(NGINX.format(folder=folder, port=port, path=path))
    binary = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    assert binary is not None, "nginx is not installed"
    running = subprocess.Popen([binary, "-c", str(folder / "nginx.conf")])
    try:
        _wait(running)
        yield
    finally:
        running.terminate()
        running.wait(20)


def _wait(running: subprocess.Popen[bytes]) -> None:
    for _ in range(100):
        assert running.poll() is None, "nginx could not have ports 80 and 443; see its words above"
        try:
            urlopen("http://127.0.0.1/", timeout=1)
        except URLError as error:  # the certificate is not known here: then it answers
            if "refused" not in str(error):
                return
        time.sleep(0.1)


def _certificate(folder: Path) -> None:
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", f"/CN={HOST}"]
    files = ["-keyout", str(folder / "key.pem"), "-out", str(folder / "certificate.pem")]
    subprocess.run([*made, "-addext", f"subjectAltName=DNS:{HOST}", *files], check=True, capture_output=True)


def scan(folder: Path) -> dict[str, Any]:
    """The scanner's own report."""
    (folder / "here.cjs").write_text(HERE % HOST)
    code = f"import {{ scan }} from '{SCANNER.resolve() / 'src/scanner/index.js'}';"
    asked = f"console.log(JSON.stringify(await scan('{HOST}')));"
    command = [
        str(browser.NODE / "bin/node"),
        "--require",
        str(folder / "here.cjs"),
        "--input-type=module",
    ]
    environment = os.environ | {"NODE_EXTRA_CA_CERTS": str(folder / "certificate.pem")}
    done = subprocess.run(
        [*command, "-e", code + asked], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(done.stderr)
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def said(tests: dict[str, Any]) -> Iterator[str]:
    """Each judgement, with what it gave or cost where it did."""
    for test in tests.values():
        points = test["scoreModifier"]
        yield f"{test['result']} ({points:+})" if points else test["result"]


if __name__ == "__main__":
    main()
