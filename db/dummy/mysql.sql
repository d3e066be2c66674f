-- Copies the rows of shop.sql into the ledger with their dates, the sales into their days, and the products into the
-- catalogue.
-- Product 4 is low: somebody has ordered it, and it is due in three days.

INSERT INTO products (productID, name, sku, barcode, price, reorderPoint, reorderQuantity, revisedAt)
SELECT
  productID, name, sku, barcode, price, reorderPoint, reorderQuantity,
  UTC_DATE() - INTERVAL 92 DAY
FROM dummy_product
ORDER BY productID;

INSERT INTO inventory
  (record, productID, availableQuantity, reason, quantityChange, quantity, unitPrice, saleRecord,
   reference, note, recordedAt)
SELECT
  line, productID, availableQuantity, reason,
  availableQuantity - COALESCE(
    (
      SELECT earlier.availableQuantity
      FROM dummy_movement earlier
      WHERE earlier.productID = movement.productID AND earlier.line < movement.line
      ORDER BY earlier.line DESC
      LIMIT 1
    ),
    0
  ),
  quantity, unitPrice, saleRecord, reference, note,
  TIMESTAMP(UTC_DATE() - INTERVAL daysAgo DAY, timeOfDay)
FROM dummy_movement movement
ORDER BY line;

INSERT INTO sales_daily (day, productID, unitsSold, unitsPriced, revenue)
SELECT DATE(recordedAt), productID, SUM(quantity), SUM(quantity), SUM(quantity * unitPrice)
FROM inventory
WHERE quantity IS NOT NULL
GROUP BY DATE(recordedAt), productID;

INSERT INTO alerts
  (event, alertID, productID, status, kind, record, revision, availableQuantity, threshold, due, handledBy,
   note, openedAt, recordedAt)
VALUES
  (1, 1, 4, 'open', 'low', 212, 12, 3, 3, NULL, NULL, NULL,
   TIMESTAMP(UTC_DATE() - INTERVAL 7 DAY, '12:31:54'), TIMESTAMP(UTC_DATE() - INTERVAL 7 DAY, '12:31:54')),
  (2, 1, 4, 'ordered', 'low', 212, 12, 3, 3, CAST(UTC_DATE() + INTERVAL 3 DAY AS CHAR), 'Ann',
   'PO-1042, ten of them', TIMESTAMP(UTC_DATE() - INTERVAL 7 DAY, '12:31:54'), TIMESTAMP(UTC_DATE() - INTERVAL 6 DAY, '09:12:05'));

DROP TABLE dummy_movement;
DROP TABLE dummy_product;
