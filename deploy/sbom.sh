#!/usr/bin/env bash
# Adds to a software bill of materials what the parts of the jar hold under names of their own, by the lines
# "in PART: GROUP:NAME:VERSION" of NOTICE.
#
#   deploy/sbom.sh NOTICE FILE.json|FILE.xml ...
set -euo pipefail

notice=$1
shift
for file in "$@"; do
  kind=${file##*.}
  awk -v kind="$kind" '
    FNR == NR {
      if ($1 == "in" && $3 ~ /^[^:]+:[^:]+:[^:]+$/) {
        part = $2; sub(/:$/, "", part); split($3, gav, ":")
        purl = "pkg:maven/" gav[1] "/" gav[2] "@" gav[3] "?type=jar"
        ref = purl "#in-" part
        if (kind == "json")
          more = more sprintf("    {\n      \"type\" : \"library\",\n      \"bom-ref\" : \"%s\",\n      \"group\" : \"%s\",\n      \"name\" : \"%s\",\n      \"version\" : \"%s\",\n      \"description\" : \"in %s\",\n      \"purl\" : \"%s\"\n    },\n", ref, gav[1], gav[2], gav[3], part, purl)
        else
          more = more sprintf("    <component type=\"library\" bom-ref=\"%s\">\n      <group>%s</group>\n      <name>%s</name>\n      <version>%s</version>\n      <description>in %s</description>\n      <purl>%s</purl>\n    </component>\n", ref, gav[1], gav[2], gav[3], part, purl)
      }
      next
    }
    { print }
    /^  "components" : \[$/ || /^  <components>$/ { printf "%s", more; added++ }
    END { if (added != 1 || more == "") exit 1 }
  ' "$notice" "$file" >"$file.new" || { echo "sbom.sh: $file has no list of components, or $notice no parts" >&2; rm -f "$file.new"; exit 1; }
  mv -f "$file.new" "$file"
done
