#!/usr/bin/env bash
# Makes the calls of the README to a running service and holds it to their answers.
#   calls.sh [URL]     default http://localhost:5000
# It counts and sells products 4100000001 and 4100000002, which no shop has, so it can be run again.
set -euo pipefail
base=${1:-http://localhost:5000}
one=4100000001
two=4100000002

failures=0
expect() { # WHAT PATTERN ACTUAL
  if [[ $3 =~ $2 ]]; then
    printf 'ok    %s\n' "$1"
  else
    printf 'FAIL  %s\n      expected %s\n      got      %s\n' "$1" "$2" "$3"
    failures=$((failures + 1))
  fi
}
call() { curl --silent --show-error --location --max-time 30 --write-out ' %{http_code}' "$@"; }

time='"recordedAt":"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]{12}Z"'

expect 'a product is counted' "^\{\"record\":[0-9]+,\"productID\":$one,\"availableQuantity\":55,$time\} 201$" \
  "$(call --request POST "$base/inventory" --form availableQuantity=55 --form productID=$one)"
expect 'counted again, it has the later count' "\"availableQuantity\":3,$time\} 201$" \
  "$(call --request POST "$base/inventory" --form availableQuantity=3 --form productID=$one)"
expect 'another product is counted' ' 201$' \
  "$(call --request POST "$base/inventory" --form availableQuantity=100000 --form productID=$two)"
expect 'the inventory has the latest of each' "\{\"productID\":$one,\"availableQuantity\":3\},\{\"productID\":$two,\"availableQuantity\":100000\}\] 200$" \
  "$(call --request GET "$base/inventory")"
expect 'a sale lowers the stock' "\"productID\":$one,\"quantity\":2,\"availableQuantity\":1,$time\} 201$" \
  "$(call --request POST "$base/sales" --form productID=$one --form quantity=2)"
expect 'a sale of more than there is is refused' '"type":"/problems/insufficient-stock".*"availableQuantity":1.* 409$' \
  "$(call --request POST "$base/sales" --form productID=$one --form quantity=2)"
expect 'and nothing of it was recorded' "\"productID\":$one,\"availableQuantity\":1,$time\} 200$" \
  "$(call --request GET "$base/inventory/$one")"
expect 'a sale of a hundred thousand' ' 201$' \
  "$(call --request POST "$base/sales" --form productID=$two --form quantity=100000)"
expect 'makes a top seller' "^\[\{\"productID\":$two,\"unitsSold\":[0-9]+\}" \
  "$(call --request GET "$base/sales")"
expect 'a faulty form is refused, every fault at once' '"errors":\[\{"field":"productID".*\{"field":"availableQuantity".* 400$' \
  "$(call --request POST "$base/inventory" --form productID=-1)"
expect 'the service is ready' ' 200$' "$(call "$base/readyz")"

[ $failures = 0 ] || { echo "$failures failed"; exit 1; }
