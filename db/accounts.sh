#!/usr/bin/env bash
# Makes the account that changes the schema, with its password from .env, because SQL cannot read the environment. The
# container of docker-compose.yml runs this once, on its empty volume, before init.sql. That makes the account only if it is
# missing. The image itself makes the service's account in the same way, from MYSQL_USER and MYSQL_PASSWORD.

# Statements come from standard input, because other users can see a command line. Root may have its password already or not.
account_sql() {
  MYSQL_PWD=${MYSQL_ROOT_PASSWORD:-} mysql --user=root --execute 'SELECT 1' >/dev/null 2>&1 || local MYSQL_ROOT_PASSWORD=
  MYSQL_PWD=${MYSQL_ROOT_PASSWORD:-} mysql --user=root
}

account_sql <<END
CREATE USER 'inventory_migrator'@'%' IDENTIFIED BY '$(printf '%s' "$MIGRATION_PASSWORD" | sed "s/[\\\\']/\\\\&/g")';
END
