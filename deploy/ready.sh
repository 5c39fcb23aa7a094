#!/usr/bin/env bash
# Ends with 0 if the server of this machine is ready to take calls, for health checks where there is no curl.
#
#   deploy/ready.sh [ADMIN_PORT]
set -euo pipefail

exec 3<>"/dev/tcp/127.0.0.1/${1:-8081}"
printf 'GET /ready HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' >&3
answer=$(cat <&3)
echo "${answer##*$'\n'}"
[[ $answer == "HTTP/1.1 200 "* ]]
