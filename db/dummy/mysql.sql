-- Places the rows of shop.sql in the ledger, its sales in their days, and its products in the catalogue.

INSERT INTO products (productID, name, sku, barcode, price, reorderPoint, reorderQuantity, revisedAt)
SELECT
  productID, name, sku, barcode, price, reorderPoint, reorderQuantity,
  UTC_DATE() - INTERVAL 92 DAY
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
  quantity, unitPrice,
  TIMESTAMP(UTC_DATE() - INTERVAL daysAgo DAY, timeOfDay)
FROM dummy_movement movement
ORDER BY line;

INSERT INTO sales_daily (day, productID, unitsSold, unitsPriced, revenue)
SELECT DATE(recordedAt), productID, SUM(quantity), SUM(quantity), SUM(quantity * unitPrice)
FROM inventory
WHERE reason = 'sale'
GROUP BY DATE(recordedAt), productID;

DROP TABLE dummy_movement;
DROP TABLE dummy_product;
