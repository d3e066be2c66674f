-- Places the rows of shop.sql in the ledger, and its sales in their days.

INSERT INTO inventory (record, productID, availableQuantity, reason, quantity, unitPrice, recordedAt)
SELECT
  line, productID, availableQuantity, reason, quantity, CAST(ROUND(unitPrice * 10000) AS INTEGER),
  date('now', '-' || daysAgo || ' days') || 'T' || timeOfDay || '.000Z'
FROM dummy_movement
ORDER BY line;

INSERT INTO sales_daily (day, productID, unitsSold)
SELECT substr(recordedAt, 1, 10), productID, SUM(quantity)
FROM inventory
WHERE reason = 'sale'
GROUP BY substr(recordedAt, 1, 10), productID;

DROP TABLE dummy_movement;
