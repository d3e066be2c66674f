-- Copies the rows of shop.sql into the ledger with their dates, the sales into their days, and the products into the
-- catalogue.
-- Product 4 is low: somebody has ordered it, and it is due in three days.

INSERT INTO products (productID, name, sku, barcode, price, reorderPoint, reorderQuantity, revisedAt)
SELECT
  productID, name, sku, barcode, CAST(ROUND(price * 10000) AS INTEGER), reorderPoint, reorderQuantity,
  date('now', '-92 days') || 'T00:00:00.000Z'
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
  quantity, CAST(ROUND(unitPrice * 10000) AS INTEGER), saleRecord, reference, note,
  date('now', '-' || daysAgo || ' days') || 'T' || timeOfDay || '.000Z'
FROM dummy_movement movement
ORDER BY line;

INSERT INTO sales_daily (day, productID, unitsSold, unitsPriced, revenue)
SELECT substr(recordedAt, 1, 10), productID, SUM(quantity), SUM(quantity), SUM(quantity * unitPrice)
FROM inventory
WHERE quantity IS NOT NULL
GROUP BY substr(recordedAt, 1, 10), productID;

INSERT INTO alerts
  (event, alertID, productID, status, kind, record, revision, availableQuantity, threshold, due, handledBy,
   note, openedAt, recordedAt)
VALUES
  (1, 1, 4, 'open', 'low', 212, 12, 3, 3, NULL, NULL, NULL,
   date('now', '-7 days') || 'T12:31:54.000Z', date('now', '-7 days') || 'T12:31:54.000Z'),
  (2, 1, 4, 'ordered', 'low', 212, 12, 3, 3, date('now', '+3 days'), 'Ann',
   'PO-1042, ten of them', date('now', '-7 days') || 'T12:31:54.000Z', date('now', '-6 days') || 'T09:12:05.000Z');

DROP TABLE dummy_movement;
DROP TABLE dummy_product;
