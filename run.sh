#!/usr/bin/env bash
# Builds and starts the service, or tests it. See `./run.sh --help`.
set -euo pipefail
cd "$(dirname "$0")"

usage() {
  cat <<'END'
Usage: ./run.sh [--docker [--mail] | --embedded]
                                          build and start the service and its monitor, in the foreground
       ./run.sh test [--no-mysql] [--no-browser] [ARG...]
                                          check and test everything; ARGs are passed to jest
       ./run.sh verify                    compare the embedded ledger's answers with the plain queries

  --docker     with Docker Compose: the service on port 5000, MySQL on port 3307
  --embedded   without Docker: the service on port 5000, its ledger under data/
  (neither)    --docker if a Docker engine runs, else --embedded
  --mail       also start a mail catcher, which shows the monitor's mails on port 8025
  --no-mysql   test without MySQL
  --no-browser leave out the tests that need a browser

Settings, such as the ports, come from the environment and from .env: see .env.example.
END
}

fail() {
  printf 'run.sh: %s\n' "$*" >&2
  exit 1
}

# Messages for people go to standard error. Standard output is for the log.
say() { printf '%s\n' "$*" >&2; }

# Runs a step that may take a while, and shows its duration. Shows the output of the step only if it fails.
step() { # WHAT COMMAND...
  local what=$1 began=$SECONDS output step code=0
  shift
  output=$(mktemp)
  # Print it first: in a pipe or a journal nothing else shows progress.
  if [ -t 2 ]; then printf '%s …' "$what" >&2; else say "$what …"; fi
  # Its own process group, so that everything the step started can be ended with it. A background command does not get
  # Ctrl-C, and would outlive this script.
  set -m
  "$@" >"$output" 2>&1 </dev/null &
  step=$!
  set +m
  trap 'end_step "$step" "$output" 130' INT
  trap 'end_step "$step" "$output" 143' TERM HUP
  while kill -0 "$step" 2>/dev/null; do
    if [ -t 2 ]; then printf '\r%s … %s s' "$what" $((SECONDS - began)) >&2; fi
    sleep 1 &
    wait $! || true
  done
  wait "$step" || code=$?
  trap - INT TERM HUP
  if [ -t 2 ]; then printf '\r' >&2; fi
  say "$what … $((SECONDS - began)) s"
  if [ "$code" != 0 ]; then cat "$output" >&2; fi
  rm -f "$output"
  return "$code"
}

# Ends a running step with everything it started, and then this script.
end_step() { # PROCESS OUTPUT CODE
  trap '' INT TERM HUP
  kill -TERM -- "-$1" 2>/dev/null || true
  wait "$1" || true
  # The step does not wait for the processes it started, so ask those too.
  while kill -TERM -- "-$1" 2>/dev/null; do sleep 0.1 || true; done
  rm -f "$2"
  say ''
  exit "$3"
}

# The value of a setting: from the environment, else from .env, else the default.
setting() { # NAME DEFAULT
  local value=${!1:-}
  if [ -z "$value" ] && [ -f .env ]; then
    value=$(sed -nE "s/^[[:space:]]*$1[[:space:]]*=[[:space:]]*[\"']?([^\"'#]*[^\"'#[:space:]])[\"']?.*/\1/p" .env | tail -n 1)
  fi
  printf '%s' "${value:-$2}"
}

has_engine() { docker info >/dev/null 2>&1; }

compose() {
  if docker compose version >/dev/null 2>&1; then
    docker compose "$@"
  elif command -v docker-compose >/dev/null; then
    docker-compose "$@"
  else
    fail 'Docker has no Compose: install the docker compose plugin, or use ./run.sh --embedded.'
  fi
}

# Fails if another program already listens on a port that is needed.
require_port() { # SETTING DEFAULT [COMPOSE SERVICE THAT MAY USE IT]
  local port
  port=$(setting "$1" "$2")
  case $port in
    *[!0-9]* | ??????*) fail "$1 must be a port, a whole number up to 65535, but is \"$port\"." ;;
  esac
  [ "$port" -le 65535 ] || fail "$1 must be a port, a whole number up to 65535, but is \"$port\"."
  if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null &&
    { [ -z "${3:-}" ] || [ -z "$(compose ps --quiet "$3" 2>/dev/null)" ]; }; then
    fail "Port $port is taken: stop what listens there, or choose another, as in $1=$((port + 1)) ./run.sh"
  fi
}

# The path under which the service is served; empty for the root.
base_path() {
  local path
  path=$(setting BASE_PATH '')
  path=${path%/}
  printf '%s' "${path:+/${path#/}}"
}

# This machine's address in its own network, if it has one.
network_address() {
  { hostname -I 2>/dev/null || ipconfig getifaddr en0 2>/dev/null || true; } | awk '{ print $1; exit }'
}

# Where people reach the page: from other machines, if they may. A link that is made there opens on a phone, too.
public_url() { # ADDRESS LISTENED ON, PORT
  local host=localhost
  case $1 in
    0.0.0.0 | ::) if [ "$(setting ACCESS open)" = keys ]; then host=$(network_address); fi ;;
  esac
  case $host in *:*) host="[$host]" ;; esac
  setting PUBLIC_URL "http://${host:-localhost}:$2$(base_path)"
}

# Prints the addresses, once the service answers.
welcome() { # WHERE THE LEDGER IS, ADDRESS LISTENED ON, SETTING OF THAT ADDRESS
  local port url phone mail access
  port=$(setting PORT 5000)
  url=$(setting PUBLIC_URL "http://localhost:$port$(base_path)")
  phone=$(network_address)
  access=$(setting ACCESS open)
  if ! is_this_machine "$2"; then
    phone="http://${phone:-the address of this machine}:$port$(base_path)/"
  elif [ "$access" = keys ]; then
    phone="cannot reach it: $3=0.0.0.0 ./run.sh lets others in your network ask"
  else
    phone='cannot reach it: ACCESS=keys ./run.sh lets people in your network sign in'
  fi
  case $access in
    keys) access="asks everyone who they are, listens at $2" ;;
    *) access="asks nobody who they are, listens at $2" ;;
  esac
  mail=$(setting MAIL_TO '')
  if [ -z "$(setting SMTP_URL '')" ]; then
    mail='off: set SMTP_URL and MAIL_TO in .env to turn it on'
  elif [ -z "$mail" ]; then
    mail='goes to nobody: set MAIL_TO in .env'
  else
    mail="to $mail"
  fi
  say ''
  say "  The page     $url/"
  say "  The API      $url/docs"
  say "  A phone      $phone"
  say "  Access       $access"
  say "  The ledger   $1"
  say "  Alert mail   $mail"
  say "  To stop      Ctrl-C"
  say ''
}

# A secret of service and monitor. It is created once, so that it stays the same after a restart.
kept_secret() { # FILE
  local file=data/$1
  if [ ! -s "$file" ]; then
    (umask 077 && mkdir -p data)
    chmod 700 data
    (umask 077 && head -c 32 /dev/urandom | od -An -v -tx1 | tr -d ' \n' >"$file")
  fi
  cat "$file"
}

# The secret that signs the links in mails, and the key by which the service knows its monitor.
use_secrets() {
  LINK_SECRET=$(setting LINK_SECRET '')
  LINK_SECRET=${LINK_SECRET:-$(kept_secret link-secret)}
  MONITOR_KEY=$(setting MONITOR_KEY '')
  MONITOR_KEY=${MONITOR_KEY:-$(kept_secret monitor-key)}
  export LINK_SECRET MONITOR_KEY
}

# Service and monitor recognise each other by this id: a monitor talks to no other service.
use_instance_id() {
  INSTANCE_ID=$(setting INSTANCE_ID "$(head -c 16 /dev/urandom | od -An -v -tx1 | tr -d ' \n')")
  export INSTANCE_ID
}

# In a terminal a person reads the log.
use_log_format() {
  if [ -t 1 ]; then
    LOG_FORMAT=$(setting LOG_FORMAT text)
    export LOG_FORMAT
  fi
}

# With ACCESS=keys everyone says who they are, so other machines may reach the service.
use_address() { # SETTING
  if [ "$(setting ACCESS open)" = keys ]; then
    export "$1=$(setting "$1" 0.0.0.0)"
  else
    export "$1=$(setting "$1" 127.0.0.1)"
  fi
}

# Whether only this machine reaches an address.
is_this_machine() { case $1 in 127.* | localhost | ::1) ;; *) return 1 ;; esac }

deploy_docker() {
  local code=0
  has_engine || fail 'No Docker engine answers: start it, or use ./run.sh --embedded.'
  if [ "$(setting PORT 5000)" = 0 ]; then fail 'PORT=0 (any free port) works only with ./run.sh --embedded: with Docker choose a port.'; fi
  use_address PUBLISH_ADDRESS
  # The service refuses it too; this is said before anything is built.
  if [ "$(setting ACCESS open)" = open ] && ! is_this_machine "$PUBLISH_ADDRESS" && [ "$(setting OPEN_BEHIND_PROXY false)" != true ]; then
    fail "PUBLISH_ADDRESS is \"$PUBLISH_ADDRESS\", where other machines reach the service, and ACCESS=open asks nobody who they are: set ACCESS=keys, or PUBLISH_ADDRESS=127.0.0.1, or OPEN_BEHIND_PROXY=true if something in front keeps strangers out."
  fi
  require_port PORT 5000 app
  require_port MYSQL_PORT 3307 db
  use_secrets
  use_log_format
  # Compose appends it to the service's address without changes.
  BASE_PATH=$(base_path)
  PUBLIC_URL=$(public_url "$PUBLISH_ADDRESS" "$(setting PORT 5000)")
  export BASE_PATH PUBLIC_URL
  if [ "${1:-}" = --mail ]; then
    require_port MAIL_PORT 8025 mail
    SMTP_URL=$(setting SMTP_URL smtp://mail:1025)
    MAIL_TO=$(setting MAIL_TO shop@localhost)
    export SMTP_URL MAIL_TO COMPOSE_PROFILES=mail
  fi
  step 'Building the image (minutes the first time, seconds later)' compose build ||
    fail 'The image could not be built: see above.'
  trap 'stop_docker; exit 0' INT TERM
  if ! step 'Starting the database, the service and the monitor' \
    compose up --detach --wait --remove-orphans; then
    compose logs --tail 20 >&2
    fail 'The service did not become ready: see above.'
  fi
  # Set again: step sets and removes traps of its own.
  trap 'stop_docker; exit 0' INT TERM
  welcome "MySQL, in Docker's volume $(compose config --format json 2>/dev/null | sed -nE 's/.*"name": *"([^"]*_ledger)".*/\1/p' | head -n 1)" \
    "$PUBLISH_ADDRESS" PUBLISH_ADDRESS
  compose logs --follow --no-log-prefix app monitor &
  wait $! || code=$?
  stop_docker
  return "$code"
}

stop_docker() {
  trap '' INT TERM
  compose stop >/dev/null 2>&1 || true
  say "Stopped. All is saved in Docker's volume; ./run.sh continues from there."
}

# Whether the packages are those of package-lock.json.
is_installed() { [ node_modules/.package-lock.json -nt package-lock.json ]; }

# Only one run at a time installs and builds in this folder: two would delete each other's files.
lock() {
  if command -v flock >/dev/null; then
    # Everything that a step starts inherits the lock, and releases it when it ends, even if this script dies.
    exec 9>>.run.lock
    flock --nonblock 9 || { say 'Another ./run.sh is installing or building here: waiting until it is done.'; until flock --nonblock 9; do sleep 1; done; }
    return
  fi
  # macOS has no flock.
  until mkdir .run.lock.d 2>/dev/null; do
    if ! kill -0 "$(cat .run.lock.d/holder 2>/dev/null || echo $$)" 2>/dev/null; then rm -rf .run.lock.d; continue; fi
    say 'Another ./run.sh is installing or building here: waiting until it is done.'
    sleep 3
  done
  echo $$ >.run.lock.d/holder
  trap 'rm -rf .run.lock.d' EXIT
}

unlock() {
  exec 9>&-
  if [ "$(cat .run.lock.d/holder 2>/dev/null)" = $$ ]; then rm -rf .run.lock.d; fi
  trap - EXIT
}

require_node() {
  command -v node >/dev/null || fail 'Node.js is missing: install version 20.19 or later, from https://nodejs.org.'
  command -v npm >/dev/null || fail 'npm is missing: install it, from https://nodejs.org.'
  node -e 'const [major, minor] = process.versions.node.split(".").map(Number); process.exit(major > 20 || (major === 20 && minor >= 19) ? 0 : 1)' ||
    fail "Node.js $(node --version) is too old: install version 20.19 or later, from https://nodejs.org."
}

# Installs the packages, unless they are those of package-lock.json.
install() {
  if ! is_installed; then
    step 'Installing the packages (a minute or so)' npm ci --loglevel=error ||
      fail 'npm could not install the packages: see above.'
    touch node_modules/.package-lock.json
  fi
}

# Whether the last build is up to date.
is_built() {
  [ -f dist/.built ] && [ -z "$(find app package-lock.json tsconfig*.json -newer dist/.built | head -n 1)" ]
}

build() {
  local begun
  require_node
  if is_installed && is_built; then return; fi
  lock
  install
  if is_built; then
    unlock
    return
  fi
  # The time before the build reads the files: later changes make it out of date.
  begun=$(mktemp)
  step 'Building the service and its page' npm run --silent build || fail 'The build failed: see above.'
  mv "$begun" dist/.built
  unlock
}

# Chooses a free port here, because service, monitor and the printed addresses need the same one.
choose_port() { # ADDRESS TO LISTEN ON
  node -e 'const server = require("node:net").createServer(); server.listen(0, process.argv[1], () => { console.log(server.address().port); server.close(); });' "$1"
}

# Whether the service that was started here answers, and not another one.
is_ready() { # ADDRESS PORT
  (
    exec 3<>"/dev/tcp/${1//[][]/}/$2"
    printf 'GET %s/readyz HTTP/1.0\r\nHost: localhost\r\n\r\n' "$(base_path)" >&3
    answer=$(cat <&3)
    [[ $answer == HTTP/1.?\ 200* && $answer == *"$INSTANCE_ID"* ]]
  ) 2>/dev/null
}

# Starts the service, and the monitor once the service is ready. If one ends, the other is ended too.
deploy_embedded() {
  local file host port address service monitor='' first stopped='' code=0
  local -a program
  # First, because what follows takes a while.
  require_port PORT 5000
  build
  use_address HOST
  host=$HOST
  port=$(setting PORT 5000)
  if [ "$port" = 0 ]; then port=$(choose_port "$host") || fail "Cannot listen on $host: choose another address with HOST."; fi
  PORT=$port
  export PORT
  use_secrets
  use_instance_id
  use_log_format
  case $host in 0.0.0.0 | ::) address=127.0.0.1 ;; *) address=$host ;; esac
  case $address in *:*) address="[$address]" ;; esac
  API_URL=$(setting API_URL "http://$address:$port$(base_path)")
  PUBLIC_URL=$(public_url "$host" "$port")
  export API_URL PUBLIC_URL
  # Before the addresses are printed, so that a faulty setting is seen.
  DB_HOST='' node dist/main.js check || exit 1
  file=$(setting SQLITE_FILE data/inventory.sqlite)
  if [ ! -e "$file" ]; then step 'Filling the ledger with the dummy shop' node dist/main.js seed; fi
  # The same command as in the image: node, its options and the program.
  read -r -a program <<<"$(sed -n 's/^ENTRYPOINT //p' app/Dockerfile | tr -d '[]",')"
  DB_HOST='' "${program[@]}" &
  service=$!
  trap 'stopped=1; kill "$service" ${monitor:+"$monitor"} 2>/dev/null || true' TERM INT
  until is_ready "$address" "$port" || ! kill -0 "$service" 2>/dev/null || [ -n "$stopped" ]; do
    # A signal to the whole group ends the sleep too.
    sleep 0.2 &
    wait $! || true
  done
  if kill -0 "$service" 2>/dev/null && [ -z "$stopped" ]; then
    welcome "$file" "$host" HOST
    "${program[@]}" monitor &
    monitor=$!
  fi
  # Bash 3.2, which macOS has, cannot wait for the first of two processes.
  while [ -n "$monitor" ] && kill -0 "$service" 2>/dev/null && kill -0 "$monitor" 2>/dev/null; do
    sleep 1 &
    wait $! || true
  done
  first=$service
  if [ -n "$monitor" ] && kill -0 "$service" 2>/dev/null; then first=$monitor; fi
  wait "$first" || code=$?
  kill "$service" ${monitor:+"$monitor"} 2>/dev/null || true
  # A signal interrupts wait, so wait until both have ended.
  while kill -0 "$service" 2>/dev/null || { [ -n "$monitor" ] && kill -0 "$monitor" 2>/dev/null; }; do
    wait || true
  done
  # It ended because it was asked to, so this is a success.
  [ -n "$stopped" ] || return "$code"
  say "Stopped. All is saved in $(dirname "$file")/."
}

run_tests() {
  local argument
  local -a for_jest=()
  for argument in "$@"; do
    case $argument in
      --no-mysql) export TEST_WITHOUT_MYSQL=1 ;;
      --no-browser) export TEST_WITHOUT_BROWSER=1 ;;
      *) for_jest+=("$argument") ;;
    esac
  done
  build
  npm run --silent check
  npx --no-install jest ${for_jest[@]+"${for_jest[@]}"}
}

case ${1:-} in
  test) shift; run_tests "$@" ;;
  verify) build; DB_HOST='' exec node dist/main.js verify ;;
  --docker | --mail) [ "$1" = --mail ] || shift; deploy_docker "${1:-}" ;;
  --embedded) deploy_embedded ;;
  '')
    if has_engine; then
      deploy_docker
    else
      say 'No Docker engine found: starting with the embedded store, data under data/.'
      deploy_embedded
    fi
    ;;
  -h | --help) usage ;;
  *) usage >&2; exit 2 ;;
esac
