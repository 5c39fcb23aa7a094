#!/usr/bin/env bash
# Makes the secrets of deploy/compose.yaml, once: a file each in DIRECTORY.
#
#   deploy/secrets.sh [DIRECTORY]
set -euo pipefail

directory=${1:-$(dirname "$0")/secrets}
# Containers read the files as another user; the directory keeps other users of this machine out.
mkdir -m 700 "$directory"
cd "$directory"
password=$(openssl rand -hex 24)
echo "rsk_live_$(openssl rand -hex 24)" >registration-token
echo "rsk_live_$(openssl rand -hex 24)" >api-key
openssl rand -hex 12 >admin-password
echo "redis://:$password@valkey:6379/0" >redis-uri
echo "requirepass $password" >valkey.conf
chmod 644 ./*
echo "$directory"
