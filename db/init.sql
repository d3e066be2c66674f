-- Seeds an empty MySQL server: the database `shop`, its tables, the service's account, and a dummy shop.
--
-- The container of docker-compose.yml runs it once, on its empty volume. By hand, from the root of this
-- repository: mysql --user=root --password < db/init.sql
-- A production database needs all but the dummy shop, with passwords of its own.

CREATE DATABASE IF NOT EXISTS shop DEFAULT CHARACTER SET utf8mb4;
USE shop;

-- Times in the tables are UTC, also those that a default fills in below.
SET time_zone = '+00:00';

-- The tables, from the same files that the service applies where they are missing.
SOURCE db/mysql/0001_ledger.sql
SOURCE db/mysql/0002_alerts.sql
SOURCE db/mysql/0003_revenue.sql
SOURCE db/mysql/0004_insert_guards.sql
SOURCE db/mysql/0005_number_guards.sql

-- The dummy shop: a production database has none.
SOURCE db/dummy/shop.sql
SOURCE db/dummy/mysql.sql

-- The service's account. It may append, and never update or delete, but in two tables that hold nothing that
-- the ledger does not say; nor may it change the schema. Where the container has made the account with a password
-- of its own (MYSQL_USER, MYSQL_PASSWORD), that password stays. A table must be there before a right on it can be granted.
CREATE USER IF NOT EXISTS 'inventory_service'@'%' IDENTIFIED BY 'inventory_service';
GRANT SELECT, INSERT ON shop.* TO 'inventory_service'@'%';
GRANT UPDATE ON shop.ledger_head TO 'inventory_service'@'%';
GRANT UPDATE ON shop.sales_daily TO 'inventory_service'@'%';

-- The account by which a newer version of the service brings the schema forward: DB_MIGRATION_USER. In the container
-- db/accounts.sh has made it, with a password of its own.
CREATE USER IF NOT EXISTS 'inventory_migrator'@'%' IDENTIFIED BY 'inventory_migrator';
GRANT SELECT, INSERT, CREATE, ALTER, INDEX ON shop.* TO 'inventory_migrator'@'%';
