#!/bin/sh
# Your client behind HCP/1 in exec mode: this file is run once for each operation and prints one line with its outcome.
#
# HUB_OP is the operation, HUB_ARGS its arguments as JSON, HUB_BASE_URL and HUB_TOKEN are what a client needs, HUB_NOW is
# the time of the sandbox, HUB_CASE a word for each case. Put your client in the place of curl. JSON is read by python3.
set -eu

customers=${HUB_BASE_URL:-}/v1/wholesale/customers
subscribers=${HUB_BASE_URL:-}/v1/wholesale/subscribers

# arg NAME: an argument as it stands in a path.
arg() { python3 -c 'import json, os, sys, urllib.parse
print(urllib.parse.quote(json.loads(os.environ["HUB_ARGS"])[sys.argv[1]], safe=""))' "$1"; }

# request METHOD URL [BODY]: asks the hub, and prints what became of it.
request() {
    answer=$(curl --silent --write-out '\n%{http_code}' --request "$1" --header "Authorization: Bearer $HUB_TOKEN" \
        ${3:+--header 'Content-Type: application/json' --data-binary "$3"} "$2") || true
    printf '%s' "$answer" | python3 -c 'import json, sys
body, _, status = sys.stdin.read().rpartition("\n")
kinds = {"401": "unauthorized", "403": "forbidden", "404": "not_found", "409": "conflict", "429": "limited"}
outcome = {"refused": {"kind": kinds.get(status, "invalid" if status.startswith("4") else "unavailable")}}
if status.startswith("2"):
    try:
        outcome = {"ok": {"value": json.loads(body or "{}")}}
    except ValueError:
        pass  # an answer that is cut is none
print(json.dumps(outcome))'
}

case $HUB_OP in
    # What is not named here is not asked for. Features are promises. A client that waits by itself has the clock "real".
    hello) echo '{"hcp":1,"name":"my-client","version":"0.1.0","language":"sh","ops":["customer.get","subscriber.provision"],"features":[],"max_parallel":1,"clock":"virtual"}' ;;
    customer.get) request GET "$customers/$(arg customerId)" ;;
    subscriber.provision) request POST "$subscribers" "$HUB_ARGS" ;;
    *) echo '{"unsupported":{"reason":"not declared"}}' ;;
esac
