-- Places the rows of shop.sql in the ledger, and its sales in their days.

INSERT INTO inventory (record, productID, availableQuantity, reason, quantity, unitPrice, recordedAt)
SELECT
  line, productID, availableQuantity, reason, quantity, unitPrice,
  TIMESTAMP(UTC_DATE() - INTERVAL daysAgo DAY, timeOfDay)
FROM dummy_movement
ORDER BY line;

INSERT INTO sales_daily (day, productID, unitsSold)
SELECT DATE(recordedAt), productID, SUM(quantity)
FROM inventory
WHERE reason = 'sale'
GROUP BY DATE(recordedAt), productID;

DROP TEMPORARY TABLE dummy_movement;
