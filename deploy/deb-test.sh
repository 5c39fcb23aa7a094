#!/usr/bin/env bash
# Installs, runs, upgrades, removes and purges the Debian package on an empty Debian, under its own systemd.
#
#   deploy/deb-test.sh [JAR [SUITE]]
#
# As root, with mmdebstrap, systemd-container, curl and a mirror of Debian. Ports 8080 and 8081 must be free.
set -euo pipefail

here=$(cd "$(dirname "$0")/.." && pwd)
jar=${1:-$here/service/target/sluice.jar}
suite=${2:-trixie}

work=$(mktemp -d)
machine=
stop() {
  if [ -n "$machine" ]; then
    kill "$machine" 2>/dev/null || true
    wait "$machine" || true
  fi
  rm -rf --one-file-system "$work"
}
trap stop EXIT

step() { echo "== $*"; }
fail() {
  echo "deb-test.sh: $1" >&2
  inside journalctl --no-pager -n 50 -u sluice >&2 || true
  exit 1
}
inside() {
  nsenter -t "$(pgrep -P "$machine")" -a env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin DEBIAN_FRONTEND=noninteractive "$@"
}
# Repeats a command for a minute at most.
await() {
  for _ in $(seq 120); do
    if "$@" >/dev/null 2>&1; then return; fi
    sleep 0.5
  done
  fail "never true: $*"
}
ready() { curl -fsS -m 5 http://127.0.0.1:8081/ready; }
pid() { inside systemctl show -p MainPID --value sluice; }
restarted() { ! [[ $(pid) =~ ^(0|$before)$ ]]; }
state() { inside systemctl show -p "$1" --value sluice; }
work_of() {
  curl -fsS -m 5 "http://127.0.0.1:8080/api/work$1" -H "Authorization: Bearer $key" "${@:2}"
}

! ready >/dev/null 2>&1 || { echo "deb-test.sh: a server answers on port 8081" >&2; exit 1; }

step "an empty Debian, $suite"
mmdebstrap --quiet --variant=minbase --include=systemd,systemd-sysv,dbus "$suite" "$work/root"
for version in 1.0.0 1.0.1; do
  VERSION=$version "$here/deploy/deb.sh" "$jar" "$work/root/srv" >/dev/null
done
systemd-nspawn -D "$work/root" --boot --register=no --keep-unit --console=pipe </dev/null >"$work/boot" 2>&1 &
machine=$!
await inside test -d /run/systemd/system
await inside sh -c 'systemctl is-system-running | grep -qE "running|degraded"'
cp /etc/resolv.conf "$work/root/etc/resolv.conf"

step "install"
inside apt-get -q update >"$work/apt"
inside apt-get -q -y --no-install-recommends install /srv/sluice_1.0.0_all.deb >>"$work/apt" 2>&1 ||
  { cat "$work/apt" >&2; fail "not installed"; }
await ready
[ "$(state ActiveState)" = active ] || fail "not active"
[ "$(inside systemctl is-enabled sluice)" = enabled ] || fail "not enabled"
inside cat "/proc/$(pid)/status" >"$work/status"
grep -E '^(Uid|CapEff|NoNewPrivs|Seccomp):' "$work/status"
grep -qE '^Seccomp:\s2' "$work/status" || fail "system calls aren't filtered"
[ "$(inside stat -c '%U %a' "/proc/$(pid)" /var/lib/sluice | sort -u)" = $'sluice 555\nsluice 700' ] ||
  fail "another user"
inside java -version 2>&1 | head -1

step "work"
key=$(sed -n 's/^SLUICE_API_KEY=//p' "$work/root/var/lib/sluice/credentials.env" | tr -d "'\"")
work_of "" -H 'Content-Type: application/json' -d '{"sessionId":"hello","prompt":"Say hello"}'
echo

step "kill -9: it comes back with the work"
before=$(pid)
inside systemctl kill -s KILL sluice
await restarted
await ready
work_of /hello >/dev/null || fail "the work is lost"

step "stop and start"
inside systemctl stop sluice
[ "$(state Result)/$(state ExecMainStatus)" = success/0 ] || fail "ended with $(state ExecMainStatus)"
inside systemctl start sluice
await ready

step "upgrade: configuration and work stay"
echo '# by hand' >>"$work/root/etc/sluice/config.yml"
before=$(pid)
inside apt-get -q -y install /srv/sluice_1.0.1_all.deb >"$work/apt" 2>&1 || { cat "$work/apt" >&2; fail "not upgraded"; }
await ready
[ "$(pid)" != "$before" ] || fail "not restarted"
[ "$(inside dpkg -s sluice | sed -n 's/^Version: //p')" = 1.0.1 ] || fail "not upgraded"
grep -q '# by hand' "$work/root/etc/sluice/config.yml" || fail "the configuration is lost"
work_of /hello >/dev/null || fail "the work is lost"

step "command line"
inside sluice --version
inside sluice check /etc/sluice/config.yml >/dev/null

step "remove: the data stays"
inside apt-get -q -y remove sluice >"$work/apt" 2>&1 || { cat "$work/apt" >&2; fail "not removed"; }
! ready >/dev/null 2>&1 || fail "still serves"
for path in /var/lib/sluice/sluice.db /etc/sluice/config.yml; do
  [ -f "$work/root$path" ] || fail "$path is lost"
done

step "install again: the work is there"
inside apt-get -q -y install /srv/sluice_1.0.1_all.deb >"$work/apt" 2>&1 || { cat "$work/apt" >&2; fail "not installed"; }
await ready
work_of /hello >/dev/null || fail "the work is lost"

step "purge: nothing stays"
inside apt-get -q -y purge sluice >"$work/apt" 2>&1 || { cat "$work/apt" >&2; fail "not purged"; }
for path in /var/lib/sluice /etc/sluice /usr/share/sluice /usr/lib/systemd/system/sluice.service; do
  ! [ -e "$work/root$path" ] || fail "$path stays"
done
! inside getent passwd sluice || fail "the user stays"
echo "passed"
