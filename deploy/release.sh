#!/usr/bin/env bash
# Makes a release of a clean checkout whose tests are green: version, changelog, tag, and in target/release jar, SBOM,
# Debian package, load tool, files of deploy/ with the jars (they build the image), notes and checksums.
#
#   deploy/release.sh [--dry-run] VERSION
#
# All is built, twice and with equal jars, before the branch and the tag change; a failure leaves both as they were.
# --dry-run stops there. Nothing is pushed.
#
# If git has a user.signingkey, by which it signs tags (gpg.format openpgp or ssh), tag and checksums are signed with it.
set -euo pipefail

dry=
if [ "${1:-}" = --dry-run ]; then
  dry=1
  shift
fi
version=${1:-}

fail() {
  echo "release.sh: $1" >&2
  exit 1
}

[[ $version =~ ^([0-9]+)\.([0-9]+)\.[0-9]+$ ]] || fail "VERSION must be like 1.2.3"
next=${BASH_REMATCH[1]}.$((BASH_REMATCH[2] + 1)).0-SNAPSHOT
cd "$(dirname "$0")/.."
here=$PWD
branch=$(git symbolic-ref --short -q HEAD) || fail "no branch is checked out"
[ -z "$(git status --porcelain)" ] || fail "the checkout has changes; commit or remove them"
! git rev-parse -q --verify "refs/tags/v$version" >/dev/null || fail "tag v$version exists"
! grep -q "^## $version\b" CHANGELOG.md || fail "CHANGELOG.md has a section $version"

key=$(git config --type=path user.signingkey || true)
format=$(git config gpg.format || echo openpgp)
[[ $format =~ ^(openpgp|ssh)$ ]] || fail "gpg.format is $format; openpgp and ssh can sign a release"

[[ $format != ssh || $key != key::* ]] || fail "user.signingkey must be a file: ssh-keygen signs with no key of text"

# Makes FILE.asc or FILE.sig.
sign() {
  if [ "$format" = ssh ]; then
    ssh-keygen -q -Y sign -n file -f "$key" "$1"
  else
    gpg --batch --yes --local-user "$key" --armor --detach-sign "$1"
  fi
}

# The lines of a section of the changelog.
section() { awk -v name="$1" '/^## /{on = $2 == name; next} on' "$2"; }
grep -q . <(section Unreleased CHANGELOG.md) || fail "CHANGELOG.md has nothing under Unreleased"

set_version() {
  local old
  old=$(sed -n 's|^  <version>\(.*\)</version>|\1|p' pom.xml)
  git ls-files -z '*pom.xml' | xargs -0 sed -i "s|<version>$old</version>|<version>$1</version>|"
  git ls-files -z clients/typescript/package.json clients/python/pyproject.toml |
    xargs -0 -r sed -i -E "s/^(  \"version\": \"|version = \")[^\"]*/\1${1%-SNAPSHOT}/"
}
build() { mvn -q -B -ntp -Dmaven.test.skip verify; }

work=$(mktemp -d)
cleanup() {
  cd "$here"
  git worktree remove --force "$work/first" 2>/dev/null || true
  git worktree remove --force "$work/second" 2>/dev/null || true
  rm -rf "$work"
}
trap cleanup EXIT

git worktree add -q --detach "$work/first" HEAD
cd "$work/first"
set_version "$version"
sed -i "s|^## Unreleased$|&\n\n## $version - $(date -u +%F)|" CHANGELOG.md
sed -i "s|/sluice:[0-9.]*$|/sluice:$version|" deploy/kubernetes/*.yaml
git commit -qam "Release $version"
commit=$(git rev-parse HEAD)
build
git worktree add -q --detach "$work/second" "$commit"
(cd "$work/second" && build)
bench=tools/bench/target/sluice-bench.jar
for jar in service/target/sluice.jar $bench; do
  cmp "$jar" "$work/second/$jar" || fail "two builds give two jars"
done

release=$here/target/release
rm -rf "$release"
mkdir -p "$release"
cp service/target/sluice.jar "$release/sluice-$version.jar"
cp $bench "$release/sluice-bench-$version.jar"
cp service/target/sluice-sbom.json "$release/sluice-$version-sbom.json"
cp service/target/sluice-sbom.xml "$release/sluice-$version-sbom.xml"
deploy/sbom.sh NOTICE "$release/sluice-$version-sbom.json" "$release/sluice-$version-sbom.xml"
deploy/deb.sh service/target/sluice.jar "$release" >/dev/null
git archive --prefix="sluice-$version/" HEAD .dockerignore LICENSE NOTICE config.yml deploy | tar -x -C "$work"
for jar in service/target/sluice.jar $bench; do install -D -m 644 "$jar" "$work/sluice-$version/$jar"; done
tar -C "$work" --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$(git log -1 --format=%ct)" \
  -c "sluice-$version" | gzip -n >"$release/sluice-$version.tar.gz"
section "$version" CHANGELOG.md | sed '/./,$!d' >"$release/notes.md"
(cd "$release" && sha256sum ./*sluice* >SHA256SUMS)
if [ -n "$key" ]; then sign "$release/SHA256SUMS"; fi

cd "$here"
if [ -z "$dry" ]; then
  if [ -n "$key" ]; then kind=--sign; else kind=--annotate; fi
  git tag "$kind" --cleanup=verbatim -F "$release/notes.md" "v$version" "$commit"
  git merge -q --ff-only "$commit" || {
    git tag -d "v$version" >/dev/null
    fail "$branch has moved meanwhile"
  }
  set_version "$next"
  git commit -qam "Begin $next"
  echo "Next: git push origin $branch v$version"
fi
[ -n "$key" ] || echo "release.sh: git has no user.signingkey, so tag and checksums are unsigned" >&2
ls "$release"
