"""The phone over HTTPS with a certificate made and trusted as README says, in real Chromium."""

import os
import re
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Error

from tests.browser.branch import ROUND_AT_MACHINES, Branch
from tests.browser.conftest import Handsets
from tests.browser.round_page import RoundPage
from tests.kit.served import ROOT

pytestmark = [pytest.mark.slow, pytest.mark.browser]


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[Path, Path]:
    """Certificate and key by README's own command, for this machine's address."""
    _as_in_readme("openssl req", {"192.168.1.20": "127.0.0.1", "var/": f"{tmp_path}/"})
    return tmp_path / "tls.crt", tmp_path / "tls.key"


def _as_in_readme(start: str, said: dict[str, str]) -> None:
    """Runs the command that begins so, with this machine's names in place of README's."""
    readme = (ROOT / "README.md").read_text()
    found = re.search(rf"^{start} .*?[^\\]$", readme, re.MULTILINE | re.DOTALL)
    assert found, f"README no longer says {start}"
    command = found[0].replace("\\\n", " ")
    for theirs, ours in said.items():
        command = command.replace(theirs, ours)
    subprocess.run(shlex.split(command), check=True, capture_output=True)


@pytest.fixture
def secure_url(branch: Branch, certificate: tuple[Path, Path]) -> Iterator[str]:
    """The branch behind its certificate."""
    branch.stop()
    branch.start("--tls-cert", str(certificate[0]), "--tls-key", str(certificate[1]))
    yield f"https://127.0.0.1:{branch.port}"
    branch.stop()


def _trusting(home: Path, certificate: Path | None) -> dict[str, str]:
    """The environment of a browser that trusts what its owner has imported, or nothing more."""
    store = home / ".pki" / "nssdb"
    store.mkdir(parents=True)
    empty = ["certutil", "-d", f"sql:{store}", "-N", "--empty-password"]
    subprocess.run(empty, check=True)  # as the browser does when it starts for the first time
    if certificate:
        _as_in_readme("certutil", {"$HOME": str(home), "var/tls.crt": str(certificate)})
    return {**os.environ, "HOME": str(home)}


def test_the_phone_works_over_a_trusted_local_certificate(
    branch: Branch,
    handset: Handsets,
    secure_url: str,
    certificate: tuple[Path, Path],
    tmp_path: Path,
):
    """The worker registers, the cookie is for HTTPS alone, and it opens without a line."""
    phone = handset("phone", secure_url, env=_trusting(tmp_path / "home", certificate[0]))
    page = phone.open()
    assert page.evaluate("isSecureContext")
    phone.sign_in("inspector")
    phone.ready()
    phone.controlled()
    cookies = [one for one in phone.context.cookies() if one.get("httpOnly")]
    assert cookies
    assert all(one.get("secure") for one in cookies)
    branch.stop()
    page.goto(f"{secure_url}/rounds/{ROUND_AT_MACHINES}")
    assert RoundPage(page).answered == (0, 14)


def test_a_browser_that_was_not_told_to_trust_it_refuses(
    handset: Handsets, secure_url: str, tmp_path: Path
):
    """Or the test above would show nothing."""
    phone = handset("stranger", secure_url, env=_trusting(tmp_path / "home", None))
    with pytest.raises(Error, match="ERR_CERT_AUTHORITY_INVALID"):
        phone.open()
