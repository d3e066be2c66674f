#!/usr/bin/env bash
# Makes the account that changes the schema, with the password that .env gives it. The container of docker-compose.yml
# runs it once, on its empty volume, before init.sql, which makes the account only where it is missing. SQL alone cannot
# read the environment. The image itself makes the service's account in this way, from MYSQL_USER and MYSQL_PASSWORD.

# Statements come from standard input: a command line can be seen by others. By now root has its password, or none yet.
account_sql() {
  MYSQL_PWD=${MYSQL_ROOT_PASSWORD:-} mysql --user=root --execute 'SELECT 1' >/dev/null 2>&1 || local MYSQL_ROOT_PASSWORD=
  MYSQL_PWD=${MYSQL_ROOT_PASSWORD:-} mysql --user=root
}

account_sql <<END
CREATE USER 'inventory_migrator'@'%' IDENTIFIED BY '$(printf '%s' "$MIGRATION_PASSWORD" | sed "s/[\\\\']/\\\\&/g")';
END
