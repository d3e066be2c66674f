import express from 'express';
import multer from 'multer';
import { listen } from './listen';

/** Answers like the service, and records nothing. */
const app = express();
let record = 0;

app.post('/inventory', multer().none(), (req, res) => {
  record += 1;
  res.status(201).json({
    record,
    productID: Number(req.body.productID),
    availableQuantity: Number(req.body.availableQuantity),
    recordedAt: new Date(),
  });
});

listen(app);
