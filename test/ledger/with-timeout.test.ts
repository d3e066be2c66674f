import { withTimeout } from '../../app/ledger/with-timeout';

const never = new Promise<string>(() => {});
const late = () => 'late';

test('what comes in time is taken, and so is its failure', async () => {
  expect(await withTimeout(Promise.resolve('here'), 60_000, late)).toBe('here');
  await expect(withTimeout(Promise.reject(new Error('broken')), 60_000, late)).rejects.toThrow(
    'broken',
  );
});

test('in place of what does not come, there is what is said instead, or thrown', async () => {
  expect(await withTimeout(never, 1, late)).toBe('late');
  const refuse = () => {
    throw new Error('too late');
  };
  await expect(withTimeout(never, 1, refuse)).rejects.toThrow('too late');
});
