"""The servers: NSD, Knot DNS and BIND 9 as authorities, Unbound as the resolver, each in the foreground on its host."""

import os
import socket

from . import net
from .host import LabError, Process, command
from .signing import MNEMONICS, RSA_BITS, ds_lines


CONTROL_SECONDS = 5
"""How long Unbound may take to obey a command."""


def confinement():
    """AppArmor lets Debian's servers read their own directories only: leave its profiles where it is in force."""
    try:
        with open("/sys/module/apparmor/parameters/enabled", encoding="ascii") as state:
            return ["aa-exec", "-p", "unconfined", "--"] if state.read().startswith("Y") else []
    except OSError:
        return []


class Server:
    """A daemon on a host with a directory of its own."""

    def __init__(self, network, host, directory):
        self.network = network
        self.host = host
        self.directory = directory
        os.makedirs(directory)

    def write(self, name, text):
        """Writes a file into the server's directory; returns its path."""
        path = os.path.join(self.directory, name)
        with open(path, "w", encoding="ascii") as file:
            file.write(text)
        return path

    def start(self):
        """Configures and starts the daemon."""
        arguments = self.network.inside(self.host, *confinement(), *self.arguments())
        return Process(arguments, os.path.join(self.directory, "log"))

    def arguments(self):
        """Writes the configuration and returns the command line."""
        raise NotImplementedError


class Authority(Server):
    """A server of zones; `files` maps each of its zones to a zone file."""

    def __init__(self, network, host, directory, files):
        super().__init__(network, host, directory)
        self.files = files


class Nsd(Authority):
    """NSD."""

    def arguments(self):
        zones = "".join(f'zone:\n  name: "{zone.name}"\n  zonefile: "{file}"\n' for zone, file in self.files.items())
        return ["nsd", "-d", "-c", self.write("nsd.conf", f"""
server:
  ip-address: {net.ipv4(self.host)}
  ip-address: {net.ipv6(self.host)}
  username: ""
  chroot: ""
  zonesdir: "{self.directory}"
  pidfile: "{self.directory}/pid"
  database: ""
  xfrdfile: "{self.directory}/xfrd"
  xfrdir: "{self.directory}"
  zonelistfile: "{self.directory}/zones"
  rrl-ratelimit: 0
  server-count: 1
remote-control:
  control-enable: no
{zones}""")]


class Bind(Authority):
    """BIND 9 as a primary."""

    def arguments(self):
        zones = "".join(f'zone "{zone.name}" {{ type primary; file "{file}"; check-names ignore;'
                        f"{' allow-transfer { any; };' if zone.transfer else ''} }};\n"
                        for zone, file in self.files.items())
        return ["named", "-g", "-n", "1", "-c", self.write("named.conf", f"""
options {{
  directory "{self.directory}";
  managed-keys-directory "{self.directory}";
  pid-file "{self.directory}/pid";
  session-keyfile "{self.directory}/session";
  listen-on {{ {net.ipv4(self.host)}; }};
  listen-on-v6 {{ {net.ipv6(self.host)}; }};
  recursion no;
  dnssec-validation no;
  notify no;
  check-integrity no;
  allow-transfer {{ none; }};
  transfer-format one-answer;
  max-udp-size 1232;
}};
controls {{ }};
{zones}""")]


class BindResolver(Server):
    """BIND 9 as a resolver that validates, and denies from NSEC records in its cache (RFC 8198)."""

    def __init__(self, network, host, directory, anchors):
        super().__init__(network, host, directory)
        self.anchors = anchors

    def arguments(self):
        hints = self.write("hints", f". 3600 NS ns.\nns. 3600 A {net.ipv4('root')}\nns. 3600 AAAA {net.ipv6('root')}\n")
        with open(self.anchors, encoding="ascii") as file:
            ds = [line.split() for line in file]
        anchors = "".join(f'  {owner} static-ds {tag} {algorithm} {digest} "{"".join(rest)}";\n'
                          for owner, _, _, tag, algorithm, digest, *rest in ds)
        return ["named", "-g", "-n", "1", "-c", self.write("named.conf", f"""
options {{
  directory "{self.directory}";
  managed-keys-directory "{self.directory}";
  pid-file "{self.directory}/pid";
  session-keyfile "{self.directory}/session";
  listen-on {{ {net.ipv4(self.host)}; }};
  listen-on-v6 {{ {net.ipv6(self.host)}; }};
  allow-recursion {{ any; }};
  dnssec-validation yes;
  synth-from-dnssec yes;
  empty-zones-enable no;
}};
controls {{ }};
trust-anchors {{
{anchors}}};
zone "." {{ type hint; file "{hints}"; }};
""")]


class Knot(Authority):
    """Knot DNS; zones with signer `knot` are signed as they are served, with keys that keymgr makes."""

    def arguments(self):
        self.configure()
        return ["knotd", "-c", os.path.join(self.directory, "knot.conf")]

    def configure(self):
        """Writes the configuration, with one signing policy a zone."""
        policies = "".join(self._policy(zone) for zone in self.files if zone.signer in ("knot", "online"))
        modules = "".join(f"  - id: {zone.file}\n    policy: {zone.file}\n"
                          for zone in self.files if zone.signer == "online")
        zones = "".join(self._zone(zone, file) for zone, file in self.files.items())
        self.write("knot.conf", f"""
server:
  rundir: "{self.directory}"
  listen: [ {net.ipv4(self.host)}@53, {net.ipv6(self.host)}@53 ]
  udp-workers: 1
  tcp-workers: 1
  background-workers: 1
log:
  - target: stderr
    any: info
database:
  storage: "{self.directory}"
policy:
  - id: none
    manual: on
{policies}{f"mod-onlinesign:{chr(10)}{modules}" if modules else ""}zone:
{zones}""")

    def _policy(self, zone):
        denial = zone.denial
        salt_octets = 0 if denial.salt == "-" else len(denial.salt) // 2
        nsec3 = f"""    nsec3: on
    nsec3-iterations: {denial.iterations}
    nsec3-opt-out: {'on' if denial.opt_out else 'off'}
    nsec3-salt-length: {salt_octets}
""" if denial.nsec3 else ""
        return f"  - id: {zone.file}\n    manual: on\n    rrsig-lifetime: 30d\n    rrsig-refresh: 7d\n{nsec3}"

    def _zone(self, zone, file):
        signing = {"knot": f"    dnssec-signing: on\n    dnssec-policy: {zone.file}\n",
                   "online": f"    module: mod-onlinesign/{zone.file}\n"}.get(zone.signer, "")
        return (f'  - domain: "{zone.name}"\n    file: "{file}"\n    zonefile-sync: -1\n    zonefile-load: whole\n'
                f"    journal-content: none\n    semantic-checks: off\n{signing}")

    def make_keys(self, zone):
        """Makes a zone's keys before any zone is served, and learns its DS."""
        self.configure()
        keymgr = ["keymgr", "-c", os.path.join(self.directory, "knot.conf"), zone.name]
        bits = [f"size={RSA_BITS}"] if zone.algorithm < 13 else []
        # What signs each answer when it is asked for has one key for all (`single-type-signing`).
        for roles in [["ksk=yes", "zsk=yes"]] if zone.signer == "online" else [["ksk=yes"], ["zsk=yes"]]:
            command(*keymgr, "generate", f"algorithm={MNEMONICS[zone.algorithm]}", *roles, *bits)
        path = self.write(zone.file + ".dnskey", command(*keymgr, "dnskey"))
        zone.ds = ds_lines(zone, path)


class Unbound(Server):
    """Unbound; with `anchors` it validates, without it only iterates. The servers of `tcp_zones` it asks over TCP alone."""

    def __init__(self, network, host, directory, anchors=None, tcp_zones=(), settings="", clauses=""):
        """`settings` are further lines of the server clause, `clauses` come behind it."""
        super().__init__(network, host, directory)
        self.anchors = anchors
        self.tcp_zones = tcp_zones
        self.settings = settings
        self.clauses = clauses
        self.control = os.path.join(directory, "control")
        """The socket on which it takes commands; a path, so that every namespace reaches it."""

    def arguments(self):
        hints = self.write("hints", f". 3600 NS ns.\nns. 3600 A {net.ipv4('root')}\nns. 3600 AAAA {net.ipv6('root')}\n")
        validation = (f'  module-config: "validator iterator"\n  trust-anchor-file: "{self.anchors}"\n'
                      if self.anchors else '  module-config: "iterator"\n')
        stubs = "".join(f'stub-zone:\n  name: "{zone.name}"\n  stub-addr: {net.ipv4(zone.host)}\n'
                        "  stub-tcp-upstream: yes\n" for zone in self.tcp_zones)
        return ["unbound", "-d", "-p", "-c", self.write("unbound.conf", f"""
server:
  interface: {net.ipv4(self.host)}
  interface: {net.ipv6(self.host)}
  access-control: 192.0.2.0/24 allow
  access-control: 2001:db8::/64 allow
  username: ""
  chroot: ""
  directory: "{self.directory}"
  use-syslog: no
  logfile: ""
  num-threads: 1
  root-hints: "{hints}"
  local-zone: "test." nodefault
  target-fetch-policy: "0 0 0 0 0"
  aggressive-nsec: no
  edns-buffer-size: 1232
  ede: yes
  val-log-level: 2
  val-max-restart: 1  # the default of 5 only fills the captures with repeated failures
  val-sig-skew-min: 0
  val-sig-skew-max: 0
{self.settings}{validation}remote-control:
  control-enable: yes
  control-interface: "{self.control}"
{stubs}{self.clauses}""")]

    def tell(self, *words):
        """Gives a command as unbound-control does, and fails unless it is obeyed."""
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as control:
            control.settimeout(CONTROL_SECONDS)
            control.connect(self.control)
            control.sendall(f"UBCT1 {' '.join(words)}\n".encode())
            said = control.makefile(encoding="ascii").read()
        if not said.startswith("ok"):
            raise LabError(f"{self.host}: {' '.join(words)}: {said}")
