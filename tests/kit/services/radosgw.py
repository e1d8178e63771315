"""A real S3 server: Ceph's radosgw with one monitor and one store in memory, on loopback.

It checks signatures, expiry and conditions as production stores do, which mocks do not. One process
answers on two ports, plain and TLS, with a certificate made for this run. What it holds is gone
when it stops, so it is stopped without waiting. Its own limits: ChecksumSHA256 headers are
ignored, If-Match wants a bare digest, conditional completion of a multipart upload overwrites.
"""

import base64
import itertools
import os
import shutil
import signal
import struct
import subprocess
import time
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import boto3
from botocore.config import Config

from tests.kit.services.daemon import daemon, temporary_folder
from tests.kit.services.ports import free_ports, is_listening

ACCESS_KEY, SECRET_KEY, REGION = "xunfangtestkey", "xunfangtestsecret", "us-east-1"
_PROGRAMS = ("ceph", "ceph-mon", "ceph-osd", "monmaptool", "radosgw", "radosgw-admin", "openssl")
_numbers = itertools.count(1)


@dataclass(frozen=True)
class Bucket:
    """Where a test may put objects, and with which keys."""

    endpoint: str
    name: str
    ca_file: str | None = None
    access_key: str = ACCESS_KEY
    secret_key: str = SECRET_KEY
    region: str = REGION

    @property
    def store_url(self) -> str:
        return f"s3://{self.name}?endpoint={self.endpoint}&region={self.region}"

    @property
    def environment(self) -> dict[str, str]:
        keys = {"AWS_ACCESS_KEY_ID": self.access_key, "AWS_SECRET_ACCESS_KEY": self.secret_key}
        return keys | ({"AWS_CA_BUNDLE": self.ca_file} if self.ca_file else {})


@dataclass(frozen=True)
class RadosGateway:
    endpoint: str
    tls_endpoint: str
    ca_file: str

    def new_bucket(self, *, tls: bool = False) -> Bucket:
        name = f"t{os.getpid()}-{next(_numbers)}"
        boto3.client(
            "s3",
            endpoint_url=self.endpoint,
            aws_access_key_id=ACCESS_KEY,
            aws_secret_access_key=SECRET_KEY,
            region_name=REGION,
            config=Config(s3={"addressing_style": "path"}),
        ).create_bucket(Bucket=name)
        if tls:
            return Bucket(self.tls_endpoint, name, ca_file=self.ca_file)
        return Bucket(self.endpoint, name)


def is_found() -> bool:
    return all(shutil.which(program) for program in _PROGRAMS)


@contextmanager
def running_radosgw(
    *, called: str = "localhost", port: int | None = None, keys: tuple[str, str] | None = None
) -> Iterator[RadosGateway]:
    """`called` is the name by which it is reached; with a `port` it listens there on every address,
    for a network namespace of its own. `keys` are the access key and the secret."""
    with temporary_folder() as folder, ExitStack() as daemons:
        plain, tls, monitor = free_ports(3)
        access_key, secret = keys or (ACCESS_KEY, SECRET_KEY)
        plain, listens = port or plain, "0.0.0.0" if port else "127.0.0.1"
        certificate = make_certificate(folder)
        _write_settings(folder, f"{listens}:{plain}", tls, monitor, certificate, called)
        _start_monitor(folder, monitor, daemons)
        _start_storage(folder, daemons)
        daemons.enter_context(
            daemon(
                _as_root(["radosgw", "-c", folder / "ceph.conf", "-n", "client.rgw"]),
                log=folder / "radosgw.log",
                stop_signal=signal.SIGKILL,
                ready=lambda: is_listening(plain) and is_listening(tls),
            )
        )
        _ceph(folder, "radosgw-admin", "user", "create", "--uid=test", "--display-name=test",
              f"--access-key={access_key}", f"--secret={secret}")  # fmt: skip
        yield RadosGateway(
            f"http://127.0.0.1:{plain}", f"https://127.0.0.1:{tls}", str(certificate)
        )


def make_certificate(folder: Path) -> Path:
    """A certificate for this machine that vouches for itself; key and text in one file."""
    both = folder / "certificate.pem"
    key, text = folder / "key.pem", folder / "text.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
         "-nodes", "-days", "2", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
         "-keyout", str(key), "-out", str(text)],
        check=True, capture_output=True,
    )  # fmt: skip
    both.write_text(text.read_text() + key.read_text())
    return both


def _start_monitor(folder: Path, port: int, daemons: ExitStack) -> None:
    settings, names = folder / "ceph.conf", folder / "monmap"
    addresses = f"[v2:127.0.0.1:{port}]"
    fsid = settings.read_text().split("fsid = ")[1].split("\n")[0]
    _run("monmaptool", "--create", "--fsid", fsid, "--addv", "a", addresses,
         "--enable-all-features", str(names))  # fmt: skip
    _run("ceph-mon", "-c", str(settings), "--mkfs", "-i", "a", "--monmap", str(names),
         "--keyring", str(folder / "keyring"))  # fmt: skip
    daemons.enter_context(
        daemon(
            _as_root(["ceph-mon", "-c", settings, "-i", "a"]),
            log=folder / "mon.log",
            stop_signal=signal.SIGKILL,
            ready=lambda: is_listening(port),
        )
    )


def _start_storage(folder: Path, daemons: ExitStack) -> None:
    settings = folder / "ceph.conf"
    _run("ceph-osd", "-c", str(settings), "-i", "0", "--mkfs", "--keyring", str(folder / "keyring"),
         "--osd-uuid", str(uuid.uuid4()), "--no-mon-config",
         "--monmap", str(folder / "monmap"))  # fmt: skip
    osd_id = (folder / "osd/fsid").read_text().strip()
    _ceph(folder, "ceph", "--connect-timeout", "30", "osd", "new", osd_id)
    _ceph(folder, "ceph", "osd", "crush", "add", "osd.0", "1.0", "host=localhost", "root=default")
    daemons.enter_context(
        daemon(
            _as_root(["ceph-osd", "-c", settings, "-i", "0"]),
            log=folder / "osd.log",
            stop_signal=signal.SIGKILL,
            ready=lambda: "1 up" in _ceph(folder, "ceph", "osd", "stat"),
        )
    )


def _as_root(command: list[str | Path]) -> list[str | Path]:
    """The daemons give up root for a system user unless they are told to stay."""
    stay = ["--setuser", "root", "--setgroup", "root"] if os.geteuid() == 0 else []
    return [*command, *stay, "-f"]


def _ceph(folder: Path, program: str, *arguments: str) -> str:
    return _run(program, "-c", str(folder / "ceph.conf"), *arguments)


def _run(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(command)}: {done.stderr[-1000:]}")
    return done.stdout


def _write_settings(
    folder: Path, plain: str, tls: int, monitor: int, certificate: Path, called: str
) -> None:
    for name in ("mon", "osd", "rgw", "run", "log"):
        (folder / name).mkdir()
    frontend = f"beast endpoint={plain} ssl_endpoint=127.0.0.1:{tls}"
    frontend += f" ssl_certificate={certificate} ssl_private_key={certificate}"
    values = {"folder": folder, "fsid": uuid.uuid4(), "monitor": monitor, "frontend": frontend}
    values["called"] = called
    settings = _SETTINGS.format(**values) + "".join(_class_folder())
    (folder / "ceph.conf").write_text(settings)
    (folder / "keyring").write_text("".join(itertools.chain.from_iterable(_keyring())))


def _class_folder() -> Iterator[str]:
    """Where the storage daemon finds its classes. Debian 13's looks below its working directory."""
    for place in ("lib/*/rados-classes", "lib/rados-classes", "lib64/rados-classes"):
        for found in sorted(Path("/usr").glob(place)):
            yield f"[osd]\nosd_class_dir = {found}\n"
            return


def _keyring() -> Iterator[list[str]]:
    everything = {"mon": "allow *"}
    storage = {"mon": "allow profile osd", "mgr": "allow profile osd", "osd": "allow *"}
    admin = {"mon": "allow *", "osd": "allow *", "mgr": "allow *"}
    gateway = {"mon": "allow rw", "osd": "allow rwx"}
    allowed = {"mon.": everything, "osd.0": storage, "client.admin": admin, "client.rgw": gateway}
    for name, capabilities in allowed.items():
        raw = struct.pack("<hiih", 1, int(time.time()), 0, 16) + os.urandom(16)
        yield [f"[{name}]\n\tkey = {base64.b64encode(raw).decode()}\n"]
        yield [f'\tcaps {part} = "{rule}"\n' for part, rule in capabilities.items()]


# Intervals are short and copies are one: nobody waits for a quorum of one.
_SETTINGS = """\
[global]
fsid = {fsid}
run_dir = {folder}/run
admin_socket = {folder}/run/$name.asok
pid_file = {folder}/run/$name.pid
log_file = {folder}/log/$name.log
mon_cluster_log_file = {folder}/log/cluster.log
mon_host = v2:127.0.0.1:{monitor}
public_addr = 127.0.0.1
cluster_addr = 127.0.0.1
ms_bind_ipv6 = false
keyring = {folder}/keyring
auth_allow_insecure_global_id_reclaim = false
osd_pool_default_size = 1
osd_pool_default_min_size = 1
osd_pool_default_pg_num = 1
osd_pool_default_pgp_num = 1
osd_pool_default_pg_autoscale_mode = off
osd_crush_chooseleaf_type = 0
mon_allow_pool_size_one = true
mon_max_pg_per_osd = 1000
mon_data_avail_crit = 1
mon_data = {folder}/mon
paxos_propose_interval = 0.05
paxos_min_wait = 0.01
osd_objectstore = memstore
osd_data = {folder}/osd
memstore_device_bytes = 2147483648
osd_class_load_list = *
osd_class_default_list = *
[client.rgw]
rgw_data = {folder}/rgw
rgw_frontends = {frontend}
rgw_thread_pool_size = 32
rgw_dns_name = {called}
"""
