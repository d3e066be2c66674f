import express from 'express';
import multer from 'multer';
import mysql from 'mysql2/promise';
import { listen } from './listen';

/** The service written in the plain way: a pool, one INSERT for each request, and for each read the query that defines the answer. */
const app = express();
const env = process.env;
const pool = mysql.createPool({
  host: env.DB_HOST as string,
  port: Number(env.DB_PORT),
  user: env.DB_USER as string,
  password: env.DB_PASSWORD as string,
  database: env.DB_NAME as string,
  timezone: 'Z',
});

app.post('/inventory', multer().none(), async (req, res) => {
  const productID = Number(req.body.productID);
  const availableQuantity = Number(req.body.availableQuantity);
  const recordedAt = new Date();
  const [{ insertId }] = await pool.execute<mysql.ResultSetHeader>(
    'INSERT INTO inventory (productID, availableQuantity, recordedAt) VALUES (?, ?, ?)',
    [productID, availableQuantity, recordedAt],
  );
  res.status(201).json({ record: insertId, productID, availableQuantity, recordedAt });
});

app.get('/inventory', async (_req, res) => {
  const [rows] = await pool.query(
    `SELECT m1.productID, m1.availableQuantity
     FROM inventory m1
       LEFT JOIN inventory m2 ON m1.productID = m2.productID AND m1.record < m2.record
     WHERE m2.productID IS NULL`,
  );
  res.json(rows);
});

app.get('/sales', async (req, res) => {
  const [rows] = await pool.query(
    `SELECT productID, SUM(quantity) AS unitsSold, SUM(quantity * unitPrice) AS revenue
     FROM inventory
     WHERE recordedAt >= ? AND recordedAt < ? + INTERVAL 1 DAY
     GROUP BY productID
     ORDER BY SUM(quantity) DESC
     LIMIT 5`,
    [req.query.from, req.query.to],
  );
  res.json(rows);
});

listen(app);
