import { onStock } from '../../app/ledger/memories';
import type { StoredRequest } from '../../app/ledger/request';
import { Stock } from '../../app/ledger/stock';
import type { Submission } from '../../app/ledger/submission';
import { draft } from '../../app/ledger/write/draft';
import { isEmpty } from '../../app/ledger/write/turn-entries';
import { all, counted, each, named, sold } from './commands';
import { record } from './records';

const now = new Date('2026-11-23T12:00:00.000Z');
const earlier = new Date('2026-11-22T12:00:00.000Z');

/** Drafts with product 1, which has ten units, and earlier requests. */
function runs(submissions: readonly Submission[], ...standing: StoredRequest[]) {
  const facts = {
    ...onStock(new Stock([record(1)])),
    sales: new Map(),
    requests: new Map(standing.map((request) => [request.key, request])),
    ended: new Map(),
  };
  return draft(facts, submissions, { turnMark: 42, now });
}

/** A sale of one, under a key; another digit makes it another request. */
const keyed = (key: string, digit = 'a') => ({ ...all(sold(1)), request: named(key, digit) });
const cancel = (key: string): Submission => ({ kind: 'cancel', key });

/** Two requests in the ledger: one that ran, and one that was cancelled before it ran. */
const ran: StoredRequest = {
  key: 'ran',
  fingerprint: 'a'.repeat(64),
  answer: { resource: 'inventory', kind: 'stock', commands: 1, first: 1, refusals: [] },
  recordedAt: earlier,
  turnMark: 7,
};
const cancelled: StoredRequest = { ...ran, key: 'cancelled', fingerprint: null, answer: null };

describe('a request under a new key', () => {
  test('is kept with what became of it', () => {
    expect(runs([keyed('k')]).requests).toEqual([
      {
        key: 'k',
        fingerprint: 'a'.repeat(64),
        answer: { resource: 'inventory', kind: 'stock', commands: 1, first: 2, refusals: [] },
        recordedAt: now,
        turnMark: 42,
      },
    ]);
  });

  test('is kept even if it was refused, and is then the only entry', () => {
    const drafted = runs([{ ...all(sold(11)), request: named('k') }]);
    expect(drafted.records).toEqual([]);
    expect(isEmpty(drafted)).toBe(false);
    const refusal = { refusal: 'insufficient-stock', productID: 1, availableQuantity: 10 };
    expect(drafted.requests).toMatchObject([{ answer: { first: null, refusals: [[0, refusal]] } }]);
  });

  test('names the first of its own records, after the refused ones', () => {
    const batch = { ...each(sold(99), sold(1), sold(99), sold(1)), request: named('k') };
    const [request] = runs([all(counted(5)), batch]).requests;
    expect(request?.answer).toMatchObject({ commands: 4, first: 3 });
    expect(request?.answer?.refusals.map(([index]) => index)).toEqual([0, 2]);
  });

  test('a submission without a key keeps nothing', () => {
    expect(runs([all(sold(1))]).requests).toEqual([]);
  });
});

describe('a request under a key that was used before', () => {
  test('is a replay, and leaves no trace', () => {
    const drafted = runs([keyed('ran')], ran);
    expect(drafted.answers).toEqual([{ answer: 'replay', request: ran }]);
    expect(isEmpty(drafted)).toBe(true);
  });

  test('is refused if it is another request, and leaves no trace', () => {
    const drafted = runs([keyed('ran', 'b')], ran);
    expect(drafted.answers).toEqual([{ answer: 'key-reused' }]);
    expect(isEmpty(drafted)).toBe(true);
  });

  test('never runs if the key was cancelled, with any content', () => {
    const drafted = runs([keyed('cancelled'), keyed('cancelled', 'b')], cancelled);
    expect(drafted.answers).toEqual([{ answer: 'cancelled' }, { answer: 'cancelled' }]);
    expect(isEmpty(drafted)).toBe(true);
  });

  test('is another request if its key differs by case or by a space at the end', () => {
    const { answers } = runs([keyed('RAN'), keyed('ran '), keyed('ran')], ran);
    expect(answers.map(({ answer }) => answer)).toEqual(['outcomes', 'outcomes', 'replay']);
  });
});

describe('a cancellation', () => {
  test('of a key that never ran is kept, once', () => {
    const drafted = runs([cancel('k'), cancel('k')]);
    expect(drafted.answers).toEqual([{ answer: 'cancelled' }, { answer: 'cancelled' }]);
    const nothing = { fingerprint: null, answer: null };
    expect(drafted.requests).toEqual([{ key: 'k', ...nothing, recordedAt: now, turnMark: 42 }]);
  });

  test('of a key that ran is answered with what became of it, and leaves no trace', () => {
    const drafted = runs([cancel('ran')], ran);
    expect(drafted.answers).toEqual([{ answer: 'has-run', request: ran }]);
    expect(isEmpty(drafted)).toBe(true);
  });

  test('of a key that was cancelled already leaves no trace', () => {
    const drafted = runs([cancel('cancelled')], cancelled);
    expect(drafted.answers).toEqual([{ answer: 'cancelled' }]);
    expect(isEmpty(drafted)).toBe(true);
  });
});

describe('copies in one draft', () => {
  test('are recorded once, and the later ones replay the first', () => {
    const { records, requests, answers } = runs([keyed('k'), keyed('k'), keyed('k')]);
    expect(records).toHaveLength(1);
    expect(requests).toHaveLength(1);
    const replay = { answer: 'replay', request: requests[0] };
    expect(answers).toEqual([
      { answer: 'outcomes', outcomes: records, replayed: false },
      replay,
      replay,
    ]);
  });

  test('replay the refusal of the first, even if they could be recorded by then', () => {
    const late = { ...all(sold(11)), request: named('k') };
    const { records, answers } = runs([late, all(counted(20)), late]);
    expect(records.map(({ reason }) => reason)).toEqual(['count']);
    expect(answers[2]).toMatchObject({ answer: 'replay', request: { answer: { first: null } } });
  });

  test('with different content are refused', () => {
    const { records, answers } = runs([keyed('k'), keyed('k', 'b')]);
    expect(records).toHaveLength(1);
    expect(answers[1]).toEqual({ answer: 'key-reused' });
  });

  test('after a cancellation never run', () => {
    const drafted = runs([cancel('k'), keyed('k')]);
    expect(drafted.records).toEqual([]);
    expect(drafted.answers).toEqual([{ answer: 'cancelled' }, { answer: 'cancelled' }]);
  });

  test('before a cancellation have run, so it comes too late', () => {
    const { requests, answers } = runs([keyed('k'), cancel('k')]);
    expect(requests).toHaveLength(1);
    expect(answers[1]).toEqual({ answer: 'has-run', request: requests[0] });
  });
});
