#!/usr/bin/env bash
# Sends an operation of this folder about a URL, by GET: ask.sh page https://example.com/
# A GET needs a header field that no page of another origin can send by itself; Apollo-Require-Preflight is one.
set -euo pipefail

operation=$1
url=${2:-http://data.pr4e.org/page1.htm}
key=(${PAGEWIRE_KEY:+-H "Authorization: Bearer $PAGEWIRE_KEY"})

curl -sS -G "${PAGEWIRE:-http://127.0.0.1:3000}/graphql" "${key[@]}" -H 'Apollo-Require-Preflight: true' \
  --data-urlencode "query@$(dirname "$0")/$operation.graphql" \
  --data-urlencode "variables={\"url\":\"$url\"}"
