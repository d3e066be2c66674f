import { StockBody } from '../../app/http/resources/inventory/stock-body';
import { Stock } from '../../app/ledger/stock';
import { record } from '../ledger/records';
import { allOf } from '../ledger/stocks';

const read = async (bodies: StockBody, stock: Stock) => {
  const { body, last } = await bodies.of(stock);
  expect(last).toBe(stock.last);
  return JSON.parse(body.whole().toString());
};

test('an empty ledger is an empty list', async () => {
  expect(await read(new StockBody(), new Stock())).toEqual([]);
});

test('always says what the stock is: changed, with new products, loaded again, and empty again', async () => {
  const body = new StockBody();
  const expectTold = async (stock: Stock) =>
    expect(await read(body, stock)).toEqual(
      allOf(stock).map(({ productID, availableQuantity }) => ({ productID, availableQuantity })),
    );
  const stock = new Stock([
    record(1, { productID: 2, availableQuantity: 20 }),
    record(2, { productID: 9, availableQuantity: 90 }),
  ]);
  await expectTold(stock);
  stock.fold([record(3, { productID: 9, availableQuantity: 91 })]);
  await expectTold(stock);
  stock.fold([record(4, { productID: 1, availableQuantity: 10 })]);
  await expectTold(stock);
  stock.fold([record(5, { productID: 2, availableQuantity: 21 })]);
  await expectTold(stock);
  // A backup was restored: as many products, and the same last number.
  await expectTold(
    new Stock([
      record(4, { productID: 1, availableQuantity: 7 }),
      record(5, { productID: 3, availableQuantity: 8 }),
      record(2, { productID: 9, availableQuantity: 9 }),
    ]),
  );
  await expectTold(new Stock());
});

test('the products of many blocks are listed, each once, whichever of them changes', async () => {
  const body = new StockBody();
  const products = 1_000;
  const stock = new Stock(
    Array.from({ length: products }, (_, index) => record(index + 1, { productID: index + 1 })),
  );
  expect(await read(body, stock)).toHaveLength(products);
  for (const productID of [1, 256, 257, 999, 1_000]) {
    const last = stock.last?.record ?? 0;
    stock.fold([record(last + 1, { productID, availableQuantity: 77 })]);
    expect(await read(body, stock)).toEqual(
      allOf(stock).map((one) => ({
        productID: one.productID,
        availableQuantity: one.availableQuantity,
      })),
    );
  }
});

test('is the same bytes while there is no new record', async () => {
  const body = new StockBody();
  const stock = new Stock([record(1)]);
  const { body: bytes } = await body.of(stock);
  expect((await body.of(stock)).body).toBe(bytes);
});
