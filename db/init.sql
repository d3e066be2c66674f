-- Seeds an empty MySQL server: the database `shop`, its tables, the service's account, and a dummy shop.
--
-- The container of docker-compose.yml runs it once, on its empty volume. By hand, from the root of this
-- repository: mysql --user=root --password < db/init.sql
-- A production database needs the first and the last block only; the service makes the tables itself.

CREATE DATABASE IF NOT EXISTS shop DEFAULT CHARACTER SET utf8mb4;
USE shop;

-- Times in the tables are UTC, also those that a default fills in below.
SET time_zone = '+00:00';

-- The tables, from the same files that the service applies where they are missing.
SOURCE db/mysql/0001_ledger.sql
SOURCE db/mysql/0002_alerts.sql
SOURCE db/mysql/0003_revenue.sql

-- The dummy shop.
SOURCE db/dummy/shop.sql
SOURCE db/dummy/mysql.sql

-- The service's account. It may append to `inventory`, and never update or delete there; the two tables
-- that it may update hold nothing that the ledger does not say. CREATE, ALTER and INDEX let a newer
-- version bring the schema forward. Where the container has made the account with a password of its
-- own (MYSQL_USER, MYSQL_PASSWORD), that password stays.
CREATE USER IF NOT EXISTS 'inventory_service'@'%' IDENTIFIED BY 'inventory_service';
GRANT SELECT, INSERT, CREATE, ALTER, INDEX ON shop.* TO 'inventory_service'@'%';
GRANT UPDATE ON shop.ledger_head TO 'inventory_service'@'%';
GRANT UPDATE ON shop.sales_daily TO 'inventory_service'@'%';
