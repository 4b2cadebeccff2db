"""Real servers of shared folders on this computer's loopback, each with a life of its own and
folders that pass."""

import base64
import getpass
import hashlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from itertools import count
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from desktop.sync.stores.storage import Credentials

USER, PASSWORD = "zoé", "un mot: de passe"
NUMBERS = count(1)


@dataclass(frozen=True)
class Server:
    """A running server: `fresh` makes an empty folder on it and gives its address."""

    credentials: Credentials
    fresh: Callable[[], str]


def program(*names: str) -> str:
    """The path of a program, or a skipped test."""
    for name in names:
        found = shutil.which(name, path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin")
        if found:
            return found
    pytest.skip(f"{names[0]} is not installed; packaging/setup.sh tests installs it where the "
                f"system has it")


def free_port() -> int:
    with socket.socket() as chosen:
        chosen.bind(("127.0.0.1", 0))
        return int(chosen.getsockname()[1])


@contextmanager
def running(port: int, *command: str, **environment: str) -> Iterator[None]:
    """A server as a process of its own, from its first answer until the end of the block.

    An hour at most, should the tests be killed: more than a whole run of them, since a server is
    kept until the end.
    """
    with tempfile.TemporaryFile() as told, subprocess.Popen(
            ["timeout", "3600", *command], stdin=subprocess.DEVNULL, stdout=told, stderr=told,
            env=os.environ | environment) as process:
        try:
            until = time.monotonic() + 30
            while True:
                with socket.socket() as asking:
                    if asking.connect_ex(("127.0.0.1", port)) == 0:
                        break
                if process.poll() is not None or time.monotonic() > until:
                    told.seek(0)
                    raise AssertionError(told.read().decode(errors="replace"))
                time.sleep(0.02)
            yield
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()


@contextmanager
def open_folder() -> Iterator[Path]:
    """A temporary folder that a server with another user may enter."""
    with tempfile.TemporaryDirectory(prefix="carnet-server-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        (folder / "dav").mkdir()
        (folder / "dav").chmod(0o777)
        yield folder


def folders(root: Path, address: str) -> Callable[[], str]:
    def fresh() -> str:
        name = f"partage {next(NUMBERS)}"
        (root / name).mkdir()
        (root / name).chmod(0o777)
        return f"{address}/{name.replace(' ', '%20')}"

    return fresh


def password_file(folder: Path) -> Path:
    file = folder / "passwords"
    file.write_text(
        f"{USER}:{{SHA}}{base64.b64encode(hashlib.sha1(PASSWORD.encode()).digest()).decode()}\n")
    file.chmod(0o644)
    return file


def certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate of its own authority for this computer, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Essai")])
    now = datetime.now(UTC)
    made = (x509.CertificateBuilder().subject_name(name).issuer_name(name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number()).not_valid_before(now - timedelta(days=1))
            .not_valid_after(now + timedelta(days=2))
            .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
            .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost"),
                                                        x509.IPAddress(ip_address("127.0.0.1"))]),
                           critical=False)
            .sign(key, hashes.SHA256()))
    chain, secret = folder / "certificate.pem", folder / "key.pem"
    chain.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
                          serialization.NoEncryption()))
    return chain, secret


@contextmanager
def folder() -> Iterator[Server]:
    with open_folder() as root:
        yield Server(Credentials(), folders(root / "dav", "file://" + str(root / "dav")))


@contextmanager
def wsgidav(tls: bool = False) -> Iterator[Server]:
    from cheroot.ssl.builtin import BuiltinSSLAdapter
    from cheroot.wsgi import Server as Cheroot
    from wsgidav.wsgidav_app import WsgiDAVApp

    with open_folder() as root:
        served = Cheroot(("127.0.0.1", 0), WsgiDAVApp({
            "provider_mapping": {"/": str(root / "dav")}, "verbose": 0,
            "logging": {"enable": False},
            "simple_dc": {"user_mapping": {"*": {USER: {"password": PASSWORD}}}},
            "http_authenticator": {"accept_basic": True, "accept_digest": False,
                                   "default_to_digest": False}}))
        authority = ""
        if tls:
            chain, secret = certificate(root)
            authority = chain.read_text()
            served.ssl_adapter = BuiltinSSLAdapter(str(chain), str(secret))
        served.prepare()
        thread = threading.Thread(target=served.serve)
        thread.start()
        try:
            scheme = "https" if tls else "http"
            yield Server(Credentials(USER, PASSWORD, authority=authority),
                         folders(root / "dav", f"{scheme}://127.0.0.1:{served.bind_addr[1]}"))
        finally:
            served.stop()
            thread.join()


@contextmanager
def apache() -> Iterator[Server]:
    found, port = program("apache2"), free_port()
    with open_folder() as root:
        modules = "mpm_event authn_core authn_file authz_core authz_user auth_basic dav dav_fs"
        loaded = "\n".join(f"LoadModule {m}_module /usr/lib/apache2/modules/mod_{m}.so"
                           for m in modules.split())
        (root / "locks").mkdir()
        (root / "locks").chmod(0o777)
        (root / "apache.conf").write_text(f"""
            ServerRoot {root}
            ServerName localhost
            PidFile {root}/pid
            ErrorLog {root}/errors
            DefaultRuntimeDir {root}
            Listen 127.0.0.1:{port}
            {loaded}
            {"User www-data" if os.geteuid() == 0 else ""}
            {"Group www-data" if os.geteuid() == 0 else ""}
            DocumentRoot {root}/dav
            DavLockDB {root}/locks/locks
            <Directory {root}/dav>
              Dav On
              AuthType Basic
              AuthName Carnet
              AuthUserFile {password_file(root)}
              Require valid-user
            </Directory>
            """)
        with running(port, found, "-D", "FOREGROUND", "-f", str(root / "apache.conf")):
            yield Server(Credentials(USER, PASSWORD),
                         folders(root / "dav", f"http://127.0.0.1:{port}"))


@contextmanager
def nginx() -> Iterator[Server]:
    found, port = program("nginx"), free_port()
    module = Path("/usr/lib/nginx/modules/ngx_http_dav_ext_module.so")
    if not module.exists():
        pytest.skip("libnginx-mod-http-dav-ext is not installed; packaging/setup.sh tests installs "
                    "it where the system has it")
    with open_folder() as root:
        places = "\n".join(f"{kind}_temp_path {root}/{kind};" for kind in
                           ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        (root / "nginx.conf").write_text(f"""
            load_module {module};
            daemon off;
            worker_processes 1;
            pid {root}/pid;
            error_log {root}/errors;
            {"user root;" if os.geteuid() == 0 else ""}
            events {{ }}
            http {{
              access_log off;
              {places}
              server {{
                listen 127.0.0.1:{port};
                root {root}/dav;
                client_max_body_size 1m;
                auth_basic Carnet;
                auth_basic_user_file {password_file(root)};
                dav_methods PUT DELETE MKCOL;
                dav_ext_methods PROPFIND;
              }}
            }}
            """)
        with running(port, found, "-p", str(root), "-e", f"{root}/errors", "-c",
                     f"{root}/nginx.conf"):
            yield Server(Credentials(USER, PASSWORD),
                         folders(root / "dav", f"http://127.0.0.1:{port}"))


@contextmanager
def rclone() -> Iterator[Server]:
    found, port = program("rclone"), free_port()
    with open_folder() as root, running(
            port, found, "serve", "webdav", str(root / "dav"), "--addr", f"127.0.0.1:{port}",
            "--user", USER, "--pass",
            PASSWORD, "--config", str(root / "rclone.conf"), "--dir-cache-time", "0s"):
        yield Server(Credentials(USER, PASSWORD), folders(root / "dav", f"http://127.0.0.1:{port}"))


@contextmanager
def s3() -> Iterator[Server]:
    """Checks every signature: the first four requests, which make the user, his right, his key and
    the bucket, are free."""
    import requests
    from defusedxml.ElementTree import fromstring
    from requests_aws4auth import AWS4Auth

    port, python = free_port(), program(str(Path(sys.prefix, "servers", "bin", "python")))
    endpoint = f"http://127.0.0.1:{port}"
    policy = '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}'
    with running(port, python, "-m", "moto.server", "-p", str(port),
                 INITIAL_NO_AUTH_ACTION_COUNT="4",
                 MOTO_S3_DEFAULT_MAX_KEYS="15"):
        with requests.Session() as session:
            session.trust_env = False
            session.auth = AWS4Auth("nobody", "nothing", "us-east-1", "iam")
            for action in ({"Action": "CreateUser"},
                           {"Action": "PutUserPolicy", "PolicyName": "all",
                            "PolicyDocument": policy},
                           {"Action": "CreateAccessKey"}):
                answer = session.post(endpoint, {"UserName": "zoe", "Version": "2010-05-08"}
                                      | action, timeout=30)
                assert answer.status_code == 200, answer.text
            said = {element.tag.rpartition("}")[2]: element.text or ""
                    for element in fromstring(answer.content).iter()}
            assert session.put(f"{endpoint}/partage", timeout=30,
                               auth=AWS4Auth("nobody", "nothing", "us-east-1",
                                             "s3")).status_code == 200
        yield Server(Credentials(said["AccessKeyId"], said["SecretAccessKey"]),
                     lambda: f"s3://partage/dossier%20{next(NUMBERS)}?endpoint={endpoint}")


@contextmanager
def sftp(port: int | None = None) -> Iterator[Server]:
    """The SSH server of Debian, with one account: ours, by a key."""
    found, keygen = program("sshd"), program("ssh-keygen")
    subsystem = next(
        (path for path in ("/usr/lib/openssh/sftp-server", "/usr/libexec/openssh/sftp-server")
         if Path(path).exists()), "internal-sftp")
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)
    port = port or free_port()
    with open_folder() as root:
        for name in ("host", "account"):
            subprocess.run([keygen, "-q", "-t", "ed25519", "-N", "", "-f", root / name], check=True,
                           timeout=30)
        (root / "authorized").write_text((root / "account.pub").read_text())
        (root / "sshd.conf").write_text(f"""
            ListenAddress 127.0.0.1:{port}
            HostKey {root}/host
            PidFile {root}/pid
            AuthorizedKeysFile {root}/authorized
            StrictModes no
            UsePAM no
            PermitRootLogin yes
            PasswordAuthentication no
            KbdInteractiveAuthentication no
            Subsystem sftp {subsystem}
            """)
        with running(port, found, "-D", "-e", "-f", str(root / "sshd.conf")):
            yield Server(Credentials(getpass.getuser(), private_key=(root / "account").read_text()),
                         folders(root / "dav", f"sftp://127.0.0.1:{port}{root}/dav"))


SERVERS: dict[str, Callable[[], "contextmanager[Server]"]] = {  # type: ignore[valid-type]
    "folder": folder, "wsgidav": wsgidav, "apache": apache, "nginx": nginx, "rclone": rclone,
    "s3": s3, "sftp": sftp}


class Running:
    """Servers started when first asked for, and kept until the end of the tests."""

    def __init__(self) -> None:
        self._stack = ExitStack()
        self._started: dict[str, Server] = {}

    def server(self, kind: str) -> Server:
        if kind not in self._started:
            self._started[kind] = self._stack.enter_context(SERVERS[kind]())
        return self._started[kind]

    def close(self) -> None:
        self._stack.close()
