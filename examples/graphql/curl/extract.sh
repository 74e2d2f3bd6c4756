#!/usr/bin/env bash
# A shape of your own filled from a page, by POST: the shape is a variable, and any JSON.
set -euo pipefail

url=${1:-http://data.pr4e.org/page1.htm}
key=(${PAGEWIRE_KEY:+-H "Authorization: Bearer $PAGEWIRE_KEY"})

curl -sS "${PAGEWIRE:-http://127.0.0.1:3000}/graphql" "${key[@]}" -H 'Content-Type: application/json' --data @- <<JSON
{
  "query": "query (\$url: String!, \$shape: JSON!) { page(url: \$url) { extract(shape: \$shape) { data missed } } }",
  "variables": {
    "url": "$url",
    "shape": { "heading": "h1", "links": [{ "_": "a", "text": ".", "url": { "\$": ".", "type": "url" } }] }
  }
}
JSON
