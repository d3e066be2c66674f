-- Places the rows of shop.sql in the ledger, its sales in their days, and its products in the catalogue.

INSERT INTO products (productID, name, sku, barcode, price, reorderPoint, reorderQuantity, revisedAt)
SELECT
  productID, name, sku, barcode, CAST(ROUND(price * 10000) AS INTEGER), reorderPoint, reorderQuantity,
  date('now', '-92 days') || 'T00:00:00.000Z'
FROM dummy_product
ORDER BY productID;

INSERT INTO inventory
  (record, productID, availableQuantity, reason, quantityChange, quantity, unitPrice, recordedAt)
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
  quantity, CAST(ROUND(unitPrice * 10000) AS INTEGER),
  date('now', '-' || daysAgo || ' days') || 'T' || timeOfDay || '.000Z'
FROM dummy_movement movement
ORDER BY line;

INSERT INTO sales_daily (day, productID, unitsSold, unitsPriced, revenue)
SELECT substr(recordedAt, 1, 10), productID, SUM(quantity), SUM(quantity), SUM(quantity * unitPrice)
FROM inventory
WHERE reason = 'sale'
GROUP BY substr(recordedAt, 1, 10), productID;

DROP TABLE dummy_movement;
DROP TABLE dummy_product;
