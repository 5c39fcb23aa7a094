#!/usr/bin/env bash
# Packs the jar for Debian, without root: service of systemd, user, configuration, command line. The load tool beside it,
# of tools/bench/target, trains the server where the package is installed.
#
#   deploy/deb.sh [JAR [DIRECTORY]]
#
# The version is that of pom.xml, or VERSION of the environment. Equal input gives equal bytes.
set -euo pipefail

here=$(cd "$(dirname "$0")/.." && pwd)
jar=${1:-$here/service/target/sluice.jar}
directory=${2:-$(dirname "$jar")}
version=${VERSION:-$(sed -n 's|^  <version>\(.*\)</version>|\1|p' "$here/pom.xml")}
# A snapshot comes before its release.
version=${version/-/\~}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
root=$work/root
share=$root/usr/share/sluice
doc=$root/usr/share/doc/sluice

install -D -m 644 "$jar" "$share/sluice.jar"
install -m 644 "$here/tools/bench/target/sluice-bench.jar" "$share/sluice-bench.jar"
install -m 755 "$here/deploy/aot.sh" "$share/aot.sh"
install -D -m 644 "$here/config.yml" "$root/etc/sluice/config.yml"
install -d "$root/usr/lib/systemd/system"
install -m 644 "$here"/deploy/sluice{,-backup}.service "$here/deploy/sluice-backup.timer" "$root/usr/lib/systemd/system"
install -D -m 644 "$here/LICENSE" "$doc/copyright"
install -m 644 "$here/NOTICE" "$here/CHANGELOG.md" "$here"/docs/{operating,runbook,transfer}.md "$doc"
install -d "$root/usr/bin" "$root/DEBIAN"

cat >"$root/usr/bin/sluice" <<'EOF'
#!/bin/sh
# The server and the command line of Sluice; options of the JVM are in SLUICE_JAVA_OPTIONS.
# The archive of classes is of the Java in /usr.
archive=${SLUICE_CLASS_ARCHIVE:-}
if [ -n "${JAVA_HOME:-}" ] || [ ! -r "$archive" ]; then archive=; fi
# shellcheck disable=SC2086
exec "${JAVA_HOME:-/usr}/bin/java" ${archive:+"-XX:SharedArchiveFile=$archive"} ${SLUICE_JAVA_OPTIONS:-} \
  -jar /usr/share/sluice/sluice.jar "$@"
EOF
chmod 755 "$root/usr/bin/sluice"

cat >"$root/DEBIAN/control" <<EOF
Package: sluice
Version: $version
Architecture: all
Maintainer: Sluice <sluice@localhost>
Installed-Size: $(du -sk "$root" | cut -f1)
Depends: default-jre-headless (>= 2:1.17) | java17-runtime-headless, passwd
Section: devel
Priority: optional
Description: work dispatcher for fleets of coding agents
 Workers on many machines register, heartbeat and poll over REST; one poll
 claims the best work of the queue and brings the messages of the sessions that
 the worker runs, in one atomic step.
EOF
echo /etc/sluice/config.yml >"$root/DEBIAN/conffiles"
echo "interest-noawait /usr/lib/jvm" >"$root/DEBIAN/triggers"

cat >"$root/DEBIAN/postinst" <<'EOF'
#!/bin/sh
set -e
# By this archive of classes the service, and it alone, starts in half the time.
# The directory is the service's, so root neither writes nor removes there: a link would lead it elsewhere.
archive() {
  env -i PATH="$PATH" JAVA_TOOL_OPTIONS=-Xmx256m SLUICE_AOT_SECONDS=90 timeout 120 runuser -u sluice -- sh -c '
    cd /var/cache/sluice && rm -f sluice.jsa aot.log &&
    exec /usr/share/sluice/aot.sh /usr/share/sluice/sluice.jar /var/cache/sluice/sluice.jsa >aot.log 2>&1' ||
    echo "sluice: no archive of classes, so a start takes longer; see /var/cache/sluice/aot.log"
}
if [ "$1" = triggered ]; then # by another Java
  archive
  exit 0
fi
[ "$1" = configure ] || exit 0
getent passwd sluice >/dev/null || useradd --system --user-group --no-create-home \
  --home-dir /var/lib/sluice --shell /usr/sbin/nologin sluice
install -d -o sluice -g sluice -m 0700 /var/lib/sluice
install -d -o sluice -g sluice -m 0755 /var/cache/sluice
archive
# Settings and secrets are for the service alone.
chown root:sluice /etc/sluice && chmod 0750 /etc/sluice
deb-systemd-helper unmask sluice.service >/dev/null
if deb-systemd-helper --quiet was-enabled sluice.service; then
  deb-systemd-helper enable sluice.service >/dev/null
else
  deb-systemd-helper update-state sluice.service >/dev/null
fi
if [ -d /run/systemd/system ]; then
  systemctl --system daemon-reload
  if [ -n "$2" ]; then action=restart; else action=start; fi
  deb-systemd-invoke $action sluice.service
  # A removal has stopped it.
  if systemctl --quiet is-enabled sluice-backup.timer 2>/dev/null; then
    deb-systemd-invoke start sluice-backup.timer
  fi
fi
EOF

cat >"$root/DEBIAN/prerm" <<'EOF'
#!/bin/sh
set -e
# An upgrade restarts it once the new version is in place.
if [ "$1" = remove ] && [ -d /run/systemd/system ]; then
  deb-systemd-invoke stop sluice-backup.timer sluice.service
fi
EOF

cat >"$root/DEBIAN/postrm" <<'EOF'
#!/bin/sh
set -e
if [ -d /run/systemd/system ]; then systemctl --system daemon-reload; fi
if [ "$1" = remove ] || [ "$1" = purge ]; then rm -rf /var/cache/sluice; fi
if [ "$1" = remove ]; then deb-systemd-helper mask sluice.service >/dev/null; fi
# The data stays until a purge; backups stay.
if [ "$1" = purge ]; then
  deb-systemd-helper purge sluice.service >/dev/null
  deb-systemd-helper unmask sluice.service >/dev/null
  rm -rf /var/lib/sluice /etc/sluice /etc/systemd/system/timers.target.wants/sluice-backup.timer
  # The next user may get the number of this one.
  if [ -d /var/backups/sluice ]; then chown -R root:root /var/backups/sluice; fi
  if getent passwd sluice >/dev/null; then userdel sluice; fi
fi
EOF
chmod 755 "$root"/DEBIAN/p*

commit=$(git -C "$here" log -1 --format=%ct 2>/dev/null || echo 0)
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$commit} dpkg-deb --root-owner-group -Zgzip --build "$root" \
  "$directory/sluice_${version}_all.deb" >/dev/null
echo "$directory/sluice_${version}_all.deb"
