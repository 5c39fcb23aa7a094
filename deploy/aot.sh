#!/usr/bin/env bash
# Makes the file by which a start takes half of its time: an AOT cache (.aot), which JDK 25 and later have, or an archive
# of classes (.jsa) for any JDK. See docs/operating.md, "Start and stop".
#
#   deploy/aot.sh [JAR [FILE]]
#
# The ending of FILE selects the format; without FILE it is .aot if the JDK supports that, and .jsa if not.
# A training run starts the server in a temporary directory, on free ports, with workers that register, poll and complete
# work: those of sluice-bench.jar, which is beside this script or where Maven builds it. The file fits this jar, at this
# place, and this JDK alone: make it again after a change.
# A start that takes longer than SLUICE_AOT_SECONDS, 300, fails; the server runs without the file, too.
#
# Exits with 3 if the file can't be made here, although the server is well: the JDK has no AOT caches, or the start takes
# too long. All other failures are 1.
set -euo pipefail

here=$(cd "$(dirname "$0")/.." && pwd)
jar=${1:-$here/service/target/sluice.jar}
bench=$(dirname "$0")/sluice-bench.jar
[ -f "$bench" ] || bench=$here/tools/bench/target/sluice-bench.jar
java=${JAVA_HOME:+$JAVA_HOME/bin/}java

caches() { "$java" -XX:AOTMode=auto -version >/dev/null 2>&1; }
file=${2:-${jar%.jar}.$(if caches; then echo aot; else echo jsa; fi)}
case $file in
*.aot) option=AOTCacheOutput ;;
*.jsa) option=ArchiveClassesAtExit ;;
*)
  echo "aot.sh: $file must end in .aot or .jsa" >&2
  exit 1
  ;;
esac
if [ $option = AOTCacheOutput ] && ! caches; then
  echo "aot.sh: $java can't make an AOT cache; set JAVA_HOME to JDK 25 or later" >&2
  exit 3
fi

if [ ! -f "$bench" ]; then
  echo "aot.sh: no $bench; build it: mvn -q -Dmaven.test.skip package" >&2
  exit 1
fi

work=$(mktemp -d)
: >"$work/log"
server=
stop() {
  if [ -n "$server" ]; then kill "$server" 2>/dev/null || true; fi
  rm -rf "$work"
}
trap stop EXIT

fail() {
  echo "aot.sh: $1" >&2
  cat "$work/log" >&2
  exit "${2:-1}"
}

cat >"$work/config.yml" <<EOF
dataDirectory: $work/data
backend: {type: embedded}
server:
  applicationConnectors: [{type: http, bindHost: 127.0.0.1, port: 0}]
  adminConnectors: [{type: http, bindHost: 127.0.0.1, port: 0}]
  requestLog: {appenders: []}
  gzip: {enabled: false}
EOF

"$java" -XX:$option="$work/made" -jar "$jar" server "$work/config.yml" >"$work/log" 2>&1 &
server=$!

url=
limit=${SLUICE_AOT_SECONDS:-300}
until=$((SECONDS + limit))
while [ $SECONDS -le $until ]; do
  url=$(sed -n 's|.* API: \(http[^ ,]*\).*|\1|p' "$work/log")
  if [ -n "$url" ]; then break; fi
  kill -0 "$server" 2>/dev/null || fail "the server doesn't start"
  sleep 0.1
done
[ -n "$url" ] || fail "the server isn't up after $limit s" 3

"$java" -jar "$bench" --complete --items 200 --workers 2 --connections 2 --warmup 0 --url "$url" \
  --credentials "$work/data/credentials.env" >"$work/bench" 2>&1 || { cat "$work/bench" >&2; fail "the training failed"; }

kill "$server"
wait "$server" || fail "the server didn't stop"
server=
[ -s "$work/made" ] || fail "the JDK wrote nothing"
cp "$work/made" "$file.new"
mv -f "$file.new" "$file"
echo "$file"
