#!/bin/sh
# curl behind HCP/1 in exec mode: one process for each operation, which prints one line with its outcome.
#
#     hub-conformance run -- hub-conformance exec -- ./curl.sh
#
# It needs a POSIX shell, curl, and python3 for the JSON. The operation comes in HUB_OP, its arguments in HUB_ARGS, address
# and token in HUB_BASE_URL and HUB_TOKEN. It asks once and never waits, so it declares no features, and no
# clock but that of the sandbox.
set -eu
export PYTHONUTF8=1

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# json PROGRAM [WORD...]: a line of Python that has the arguments of the operation as `args` and the words as `words`.
json() {
    program=$1
    shift
    # Without -S it looks for installed packages first.
    python3 -S -c "import json, os, sys
from urllib.parse import quote, urlencode
args, words = json.loads(os.environ.get('HUB_ARGS') or '{}'), sys.argv[1:]
$program" "$@"
}

# arg NAME: an argument as it stands in a path.
arg() { json 'print(quote(str(args[words[0]]), safe=""))' "$1"; }

# body [NAME...]: the arguments but these.
body() { json 'print(json.dumps({name: args[name] for name in args if name not in words}))' "$@"; }

# query [NAME...]: those of these arguments that are given, with a question mark in front.
query() { json 'given = {name: args[name] for name in words if name in args}
print("?" + urlencode(given) if given else "")' "$@"; }

# request METHOD URL [FILE [TYPE]]: the answer's body is in $folder/answer then, its headers in $folder/headers.
request() {
    set -- "$1" "$2" "${3:-}" "${4:-application/json}"
    status=$(curl --silent --output "$folder/answer" --dump-header "$folder/headers" --write-out '%{http_code}' \
        --request "$1" --header "Authorization: Bearer $HUB_TOKEN" \
        ${3:+--header "Content-Type: $4" --data-binary "@$3"} "$2") || status=000
    case $status in
        2*) ;;
        *) refused "$status" ;;
    esac
}

refused() {
    json 'status, answer = words
kinds = {"401": "unauthorized", "403": "forbidden", "404": "not_found", "409": "conflict", "429": "limited", "504": "timeout"}
told = {"kind": kinds.get(status, "invalid" if status[0] == "4" else "unavailable")}
try:
    told["code"] = next(it["errorCode"] for it in json.load(open(answer))["errors"] if "errorCode" in it)
except (OSError, ValueError, KeyError, StopIteration):
    pass  # no code was given
print(json.dumps({"refused": told}))' "$1" "$folder/answer"
    exit 0
}

# Sends arguments as a body of JSON: send METHOD URL [NAME...], without these.
send() {
    method=$1 url=$2
    shift 2
    body "$@" >"$folder/body"
    request "$method" "$url" "$folder/body"
}

# ok: what was answered; an answer that is cut is none.
ok() { json 'try:
    outcome = {"ok": {"value": json.loads(open(words[0]).read() or "{}")}}
except ValueError:
    outcome = {"refused": {"kind": "unavailable"}}
print(json.dumps(outcome))' "$folder/answer"; }

# file: what was answered, as text.
file() { json 'print(json.dumps({"ok": {"value": {"file": open(words[0], newline="").read()}}}))' "$folder/answer"; }

# list URL: the items of all pages.
list() {
    next=$1 page=0
    while [ -n "$next" ]; do
        request GET "$next"
        page=$((page + 1))
        mv "$folder/answer" "$folder/page.$page"
        next=$(sed -n 's/^[Ll]ink:.*<\([^>]*\)>; *rel="next".*/\1/p' "$folder/headers")
    done
    json 'try:
    pages = [json.load(open(f"{words[0]}/page.{page + 1}")) for page in range(int(words[1]))]
    outcome = {"ok": {"value": {"items": [item for page in pages for item in page["items"]]}}}
except ValueError:
    outcome = {"refused": {"kind": "unavailable"}}
print(json.dumps(outcome))' "$folder" "$page"
}

customers=${HUB_BASE_URL:-}/v1/wholesale/customers
subscribers=${HUB_BASE_URL:-}/v1/wholesale/subscribers
organizations=${HUB_BASE_URL:-}/hub/v1/organizations
on_behalf=onBehalfOfSubPartnerOrgId

case $HUB_OP in
    hello)
        # The operations are those that stand below.
        ops=$(sed -n 's/^    \([a-z]*\.[a-z_]*\)).*/"\1"/p' "$0" | paste -s -d , -)
        printf '{"hcp":1,"name":"curl","version":"%s","language":"sh","ops":[%s],"features":[],"max_parallel":1,"clock":"virtual"}\n' \
            "$(curl --version | sed -n '1s/^curl \([^ ]*\).*/\1/p')" "$ops"
        ;;
    customer.precheck) send POST "$customers/validate$(query $on_behalf)" $on_behalf && ok ;;
    customer.provision) send POST "$customers$(query $on_behalf)" $on_behalf && ok ;;
    customer.get) request GET "$customers/$(arg customerId)" && ok ;;
    customer.list) list "$customers$(query externalId status $on_behalf max)" ;;
    customer.update) send PUT "$customers/$(arg customerId)$(query $on_behalf)" customerId $on_behalf && ok ;;
    customer.remove) request DELETE "$customers/$(arg customerId)" && ok ;;
    subscriber.precheck) send POST "$subscribers/validate" && ok ;;
    subscriber.provision) send POST "$subscribers" && ok ;;
    subscriber.get) request GET "$subscribers/$(arg subscriberId)" && ok ;;
    subscriber.list)
        list "$subscribers$(query customerId personId externalCustomerId email status after lastStatusChange sortBy \
            sortOrder max $on_behalf)"
        ;;
    subscriber.change_package) send PUT "$subscribers/$(arg subscriberId)" subscriberId && ok ;;
    subscriber.remove) request DELETE "$subscribers/$(arg subscriberId)" && ok ;;
    users.export) request GET "$organizations/$(arg orgId)/users/export.csv" && file ;;
    users.import_csv)
        json 'sys.stdout.reconfigure(newline="")
sys.stdout.write(args["file"])' >"$folder/body"
        request POST "$organizations/$(arg orgId)/user-imports$(query behavior)" "$folder/body" text/csv && ok
        ;;
    *) printf '{"unsupported":{"reason":"the adapter does not declare %s"}}\n' "$HUB_OP" ;;
esac
