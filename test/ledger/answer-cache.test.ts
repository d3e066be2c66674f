import { AnswerCache } from '../../app/ledger/answer-cache';
import { Stock } from '../../app/ledger/stock';
import { record } from './records';

/** A ledger with a stock, and a store that answers with the question and the record it is exact as of. */
function asking(limit = 10) {
  const state = { stock: new Stock([record(1)]), asked: 0 };
  const answers = new AnswerCache(
    async () => state.stock,
    async (question: string) => {
      state.asked += 1;
      return { asOf: state.stock.last?.record ?? 0, rows: [question] };
    },
    limit,
  );
  return { state, answers };
}

test('the store is asked a question once while there is no new record', async () => {
  const { state, answers } = asking();
  for (let times = 0; times < 3; times += 1) {
    expect(await answers.to('a')).toEqual({ asOf: 1, rows: ['a'] });
  }
  expect(state.asked).toBe(1);
});

test('it is asked again after a new record', async () => {
  const { state, answers } = asking();
  await answers.to('a');
  state.stock.fold([record(2)]);
  expect(await answers.to('a')).toEqual({ asOf: 2, rows: ['a'] });
});

test('and after the ledger was loaded again, though its last record may have the same number', async () => {
  const { state, answers } = asking();
  await answers.to('a');
  state.stock = new Stock([record(1, { availableQuantity: 3 })]);
  await answers.to('a');
  expect(state.asked).toBe(2);
});

test('an answer that is ahead of the stock holds once the stock has caught up', async () => {
  const stock = new Stock([record(1)]);
  let asked = 0;
  const answers = new AnswerCache(
    async () => stock,
    async (_question: string) => {
      asked += 1;
      return { asOf: 2, rows: [] };
    },
    10,
  );
  await answers.to('a');
  stock.fold([record(2)]);
  await answers.to('a');
  expect(asked).toBe(1);
});

test('clients that ask the same at once share one question to the store', async () => {
  const { state, answers } = asking();
  const all = await Promise.all(Array.from({ length: 20 }, () => answers.to('a')));
  expect(new Set(all).size).toBe(1);
  expect(state.asked).toBe(1);
});

test('each question has its own answer, and the one asked longest ago is dropped first', async () => {
  const { state, answers } = asking(2);
  for (const question of ['a', 'b', 'a', 'c']) {
    expect((await answers.to(question)).rows).toEqual([question]);
  }
  expect(state.asked).toBe(3);
  await answers.to('a');
  expect(state.asked).toBe(3);
  await answers.to('b');
  expect(state.asked).toBe(4);
});
