#!/usr/bin/env bash
# Goes through the life of the Debian package on an empty Debian, under its own systemd, by the lines of
# docs/operating.md and docs/transfer.md: install, back up, restore, upgrade, remove, purge.
#
#   deploy/deb-test.sh [JAR [SUITE [DEB]]]
#
# DEB is the package of an earlier release, to upgrade from; else the same jar is packed as two versions.
# As root, with mmdebstrap, systemd-container, curl and a mirror of Debian. Ports 8080 and 8081 must be free.
set -euo pipefail

here=$(cd "$(dirname "$0")/.." && pwd)
jar=${1:-$here/service/target/sluice.jar}
suite=${2:-trixie}
earlier=${3:-}

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
ready() { curl -fsS -m 30 http://127.0.0.1:8081/ready; }
pid() { inside systemctl show -p MainPID --value sluice; }
restarted() { ! [[ $(pid) =~ ^(0|$before)$ ]]; }
state() { inside systemctl show -p "$1" --value sluice; }
call() {
  curl -fsS -m 30 "http://127.0.0.1:8080/api/$2" -H "Authorization: Bearer $1" -H 'Content-Type: application/json' "${@:3}"
}
work_of() { call "$key" "work$1" "${@:2}"; }
credential() { sed -n "s/^$1=//p" "$work/root/var/lib/sluice/credentials.env" | tr -d "'\""; }
field() { sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p"; }
polled() { call "$token" "workers/$worker/poll" | tee "$work/poll"; }

! ready >/dev/null 2>&1 || { echo "deb-test.sh: a server answers on port 8081" >&2; exit 1; }

step "an empty Debian, $suite"
mmdebstrap --quiet --variant=minbase --include=systemd,systemd-sysv,dbus "$suite" "$work/root"
VERSION=1.0.1 "$here/deploy/deb.sh" "$jar" "$work" >/dev/null
if [ -z "$earlier" ]; then earlier=$(VERSION=1.0.0 "$here/deploy/deb.sh" "$jar" "$work"); fi
install -D -m 644 "$earlier" "$work/root/srv/earlier.deb"
install -m 644 "$work/sluice_1.0.1_all.deb" "$work/root/srv/sluice.deb"
# Also on a host with the older control groups.
SYSTEMD_NSPAWN_UNIFIED_HIERARCHY=yes systemd-nspawn -D "$work/root" --boot --register=no --keep-unit --console=pipe </dev/null >"$work/boot" 2>&1 &
machine=$!
await inside test -d /run/systemd/system
await inside sh -c 'systemctl is-system-running | grep -qE "running|degraded"'
cp /etc/resolv.conf "$work/root/etc/resolv.conf"

step "install"
inside apt-get -q update >"$work/apt"
inside apt-get -q -y --no-install-recommends install /srv/earlier.deb >>"$work/apt" 2>&1 ||
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
key=$(credential SLUICE_API_KEY)
work_of "" -d '{"sessionId":"hello","prompt":"Say hello"}'
echo
call "$(credential SLUICE_REGISTRATION_TOKEN)" workers/register -d '{"hostname":"host","capacity":2}' >"$work/worker"
worker=$(field workerId <"$work/worker")
token=$(field runtimeToken <"$work/worker")
polled | grep -q '"claimedSessionIds":\["hello"\]' || fail "not handed out"
work_of "" -d '{"sessionId":"next","prompt":"Say next"}'
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

step "back up, by hand and by the timer"
inside sluice backup --credentials /var/lib/sluice/credentials.env /srv/default.ndjson.gz
inside sluice restore --check /srv/default.ndjson.gz
inside systemctl -q enable --now sluice-backup.timer
[ "$(inside systemctl is-active sluice-backup.timer)" = active ] || fail "no timer"
inside systemctl start sluice-backup || { inside journalctl --no-pager -u sluice-backup >&2; fail "no backup"; }
file=/var/backups/sluice/default-$(inside date +%a).ndjson.gz
inside sluice restore --check "$file"
[ "$(inside stat -c '%U %a' /var/backups/sluice "$file" | paste -sd' ')" = "sluice 700 sluice 600" ] ||
  fail "a backup for others"

step "restore into an empty data directory: keys, claims and tokens as before"
inside systemctl stop sluice
inside mv /var/lib/sluice /var/lib/sluice.before
inside install -d -o sluice -g sluice -m 700 /var/lib/sluice
inside cp -p /var/backups/sluice/credentials.env /var/lib/sluice
inside bash -c 'echo "SLUICE_JWT_SECRET_PREVIOUS=$(cat /var/backups/sluice/signing.key)" >>/etc/sluice/sluice.env'
inside systemctl start sluice
await ready
! work_of /hello >/dev/null 2>&1 || fail "not empty"
inside sluice restore --credentials /var/lib/sluice/credentials.env "$file"
work_of /hello | grep -q "\"workerId\":\"$worker\"" || fail "the claim is lost"
polled | grep -q '"claimedSessionIds":\["next"\]' || fail "the work is lost"
call "$token" sessions/hello/status -d "{\"workerId\":\"$worker\",\"status\":\"completed\"}" >/dev/null

step "copy of the files while it runs, and back"
inside apt-get -q -y --no-install-recommends install sqlite3 >"$work/apt" 2>&1 || { cat "$work/apt" >&2; fail "no sqlite3"; }
inside rm -f /var/backups/sluice/new.db
inside sqlite3 -readonly /var/lib/sluice/sluice.db "VACUUM INTO '/var/backups/sluice/new.db'"
inside mv /var/backups/sluice/new.db /var/backups/sluice/sluice.db
inside systemctl stop sluice
inside sh -c 'rm -rf /var/lib/sluice/*'
inside bash -c 'install -o sluice -g sluice -m 600 /var/backups/sluice/{sluice.db,credentials.env,signing.key} /var/lib/sluice'
inside systemctl start sluice
await ready
work_of /hello | grep -q '"state":"completed"' || fail "the work is lost"
polled >/dev/null

step "upgrade: configuration and work stay"
echo '# by hand' >>"$work/root/etc/sluice/config.yml"
before=$(pid)
inside apt-get -q -y -o Dpkg::Options::=--force-confold install /srv/sluice.deb >"$work/apt" 2>&1 ||
  { cat "$work/apt" >&2; fail "not upgraded"; }
await ready
[ "$(pid)" != "$before" ] || fail "not restarted"
[ "$(inside dpkg -s sluice | sed -n 's/^Version: //p')" = 1.0.1 ] || fail "not upgraded"
grep -q '# by hand' "$work/root/etc/sluice/config.yml" || fail "the configuration is lost"
work_of /hello >/dev/null || fail "the work is lost"
inside grep -q /var/cache/sluice/sluice.jsa "/proc/$(pid)/maps" ||
  fail "starts without its archive of classes"

step "another Java: the archive of classes is made again"
inside rm /var/cache/sluice/sluice.jsa
inside dpkg-trigger --no-await /usr/lib/jvm
inside dpkg --triggers-only sluice
inside test -s /var/cache/sluice/sluice.jsa || { inside cat /var/cache/sluice/aot.log >&2; fail "no archive"; }

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
inside apt-get -q -y install /srv/sluice.deb >"$work/apt" 2>&1 || { cat "$work/apt" >&2; fail "not installed"; }
await ready
work_of /hello >/dev/null || fail "the work is lost"

step "purge: nothing stays"
inside apt-get -q -y purge sluice >"$work/apt" 2>&1 || { cat "$work/apt" >&2; fail "not purged"; }
for path in /var/lib/sluice /var/cache/sluice /etc/sluice /usr/share/sluice /usr/lib/systemd/system/sluice.service; do
  ! [ -e "$work/root$path" ] || fail "$path stays"
done
! inside getent passwd sluice || fail "the user stays"
[ -f "$work/root$file" ] || fail "the backup is lost"
echo "passed"
