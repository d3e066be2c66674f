-- Seeds an empty MySQL server: the database `shop`, its tables, the service's account, and a dummy shop.
--
-- The container of docker-compose.yml runs it once, on its empty volume. By hand, from the root of this
-- repository: mysql --user=root --password < db/init.sql
-- A production database needs everything except the dummy shop, with its own passwords.

CREATE DATABASE IF NOT EXISTS shop DEFAULT CHARACTER SET utf8mb4;
USE shop;

-- Times in the tables are UTC, including the defaults below.
SET time_zone = '+00:00';

-- The tables, from the same files that the service applies to a database that lacks them.
SOURCE db/mysql/0001_ledger.sql
SOURCE db/mysql/0002_alerts.sql
SOURCE db/mysql/0003_revenue.sql
SOURCE db/mysql/0004_insert_guards.sql
SOURCE db/mysql/0005_number_guards.sql
SOURCE db/mysql/0006_actor.sql
SOURCE db/mysql/0007_access.sql
SOURCE db/mysql/0008_locations.sql
SOURCE db/mysql/0009_documents.sql
SOURCE db/mysql/0010_time_zone.sql
SOURCE db/mysql/0011_reorder_points.sql
SOURCE db/mysql/0012_conservation.sql

-- The dummy shop: a production database has none.
SOURCE db/dummy/shop.sql
SOURCE db/dummy/mysql.sql

-- The service's account. It may append. It may update only two tables, which hold nothing that the ledger does not say, and
-- delete nowhere. It may not change the schema. If the container has made the account with another password (MYSQL_USER,
-- MYSQL_PASSWORD), that password stays. A right on a table can be granted only after the table was made.
CREATE USER IF NOT EXISTS 'inventory_service'@'%' IDENTIFIED BY 'inventory_service';
GRANT SELECT, INSERT ON shop.* TO 'inventory_service'@'%';
GRANT UPDATE ON shop.ledger_head TO 'inventory_service'@'%';
GRANT UPDATE ON shop.sales_daily TO 'inventory_service'@'%';

-- The account with which a newer version of the service changes the schema: DB_MIGRATION_USER. In the container
-- db/accounts.sh has made it, with another password.
CREATE USER IF NOT EXISTS 'inventory_migrator'@'%' IDENTIFIED BY 'inventory_migrator';
GRANT SELECT, INSERT, CREATE, ALTER, INDEX ON shop.* TO 'inventory_migrator'@'%';
