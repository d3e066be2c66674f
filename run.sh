#!/usr/bin/env bash
# Rebuilds and deploys the service, or tests it. `./run.sh --help` says how.
set -euo pipefail
cd "$(dirname "$0")"

usage() {
  cat <<'END'
Usage: ./run.sh [--docker [--mail] | --embedded]
                                          rebuild and deploy, in the foreground: the service and its monitor
       ./run.sh test [--no-mysql] [--no-browser] [ARG...]
                                          check and test everything; ARGs go to jest
       ./run.sh verify                    compare the embedded ledger's answers with the plain queries

  --docker     with Docker Compose: the service on port 5000, MySQL on port 3307
  --embedded   without Docker: the service on port 5000, its ledger under data/
  (neither)    --docker where a Docker engine runs, else --embedded
  --mail       start a mail catcher too, which shows the monitor's mails on port 8025
  --no-mysql   leave MySQL out of the tests
  --no-browser leave out the tests that need a Chromium

Settings, such as the ports, come from the environment and from .env: see .env.example.
END
}

fail() {
  printf 'run.sh: %s\n' "$*" >&2
  exit 1
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

# Says so if somebody else listens on a port that the deployment is to publish.
require_port() { # SETTING DEFAULT SERVICE
  local port
  port=$(setting "$1" "$2")
  if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && [ -z "$(compose ps --quiet "$3" 2>/dev/null)" ]; then
    fail "Port $port is taken: stop what listens there, or choose another, as in $1=$((port + 1)) ./run.sh"
  fi
}

# Signs the links in mails: the same for service and monitor, and after a restart. Made once.
link_secret() {
  local file=data/link-secret
  if [ ! -s "$file" ]; then
    mkdir -p data
    (umask 077 && head -c 32 /dev/urandom | od -An -v -tx1 | tr -d ' \n' >"$file")
  fi
  cat "$file"
}

use_link_secret() {
  LINK_SECRET=$(setting LINK_SECRET '')
  LINK_SECRET=${LINK_SECRET:-$(link_secret)}
  export LINK_SECRET
}

deploy_docker() {
  has_engine || fail 'No Docker engine answers: start it, or use ./run.sh --embedded.'
  require_port PORT 5000 app
  require_port MYSQL_PORT 3307 db
  use_link_secret
  PUBLIC_URL=$(setting PUBLIC_URL "http://localhost:$(setting PORT 5000)")
  export PUBLIC_URL
  if [ "${1:-}" = --mail ]; then
    require_port MAIL_PORT 8025 mail
    SMTP_URL=$(setting SMTP_URL smtp://mail:1025)
    MAIL_TO=$(setting MAIL_TO shop@localhost)
    export SMTP_URL MAIL_TO COMPOSE_PROFILES=mail
  fi
  compose up --build --remove-orphans
}

# Installs the packages, where they are not those of package-lock.json.
install() {
  command -v node >/dev/null || fail 'Node.js is missing: install version 20.19 or later, from https://nodejs.org.'
  command -v npm >/dev/null || fail 'npm is missing: install it, from https://nodejs.org.'
  node -e 'const [major, minor] = process.versions.node.split(".").map(Number); process.exit(major > 20 || (major === 20 && minor >= 19) ? 0 : 1)' ||
    fail "Node.js $(node --version) is too old: install version 20.19 or later, from https://nodejs.org."
  if [ ! node_modules/.package-lock.json -nt package-lock.json ]; then
    npm ci --loglevel=error || fail 'npm could not install the packages: see above.'
    touch node_modules/.package-lock.json
  fi
}

build() {
  install
  npm run --silent build || fail 'The build failed: see above.'
}

# The service, and the monitor beside it: they start together, and whichever ends ends the other.
deploy_embedded() {
  local file service monitor first stopped='' code=0
  local -a program
  build
  file=$(setting SQLITE_FILE data/inventory.sqlite)
  [ -e "$file" ] || node dist/main.js seed
  use_link_secret
  API_URL=$(setting API_URL "http://127.0.0.1:$(setting PORT 5000)")
  PUBLIC_URL=$(setting PUBLIC_URL "http://localhost:$(setting PORT 5000)")
  export API_URL PUBLIC_URL
  # As in the image: node, its options, and the program.
  read -r -a program <<<"$(sed -n 's/^ENTRYPOINT //p' app/Dockerfile | tr -d '[]",')"
  DB_HOST='' "${program[@]}" &
  service=$!
  "${program[@]}" monitor &
  monitor=$!
  trap 'stopped=1; kill "$service" "$monitor" 2>/dev/null || true' TERM INT
  # The Bash of a Mac, 3.2, cannot wait for the first of two.
  while kill -0 "$service" 2>/dev/null && kill -0 "$monitor" 2>/dev/null; do
    sleep 1 &
    wait $! || true
  done
  first=$service
  if kill -0 "$service" 2>/dev/null; then first=$monitor; fi
  wait "$first" || code=$?
  kill "$service" "$monitor" 2>/dev/null || true
  # A signal ends a wait before they have ended.
  while kill -0 "$service" 2>/dev/null || kill -0 "$monitor" 2>/dev/null; do wait || true; done
  # Asked to end, it has done what it was to do.
  [ -n "$stopped" ] || return "$code"
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
      echo 'No Docker engine here: starting on the embedded store, its data under data/.'
      deploy_embedded
    fi
    ;;
  -h | --help) usage ;;
  *) usage >&2; exit 2 ;;
esac
