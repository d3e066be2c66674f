import { withTimeout } from '../../app/ledger/with-timeout';

const never = new Promise<string>(() => {});
const late = () => 'late';

test('a result or a failure in time is passed on', async () => {
  expect(await withTimeout(Promise.resolve('here'), 60_000, late)).toBe('here');
  await expect(withTimeout(Promise.reject(new Error('broken')), 60_000, late)).rejects.toThrow(
    'broken',
  );
});

test('after the limit, the late result is returned or its error thrown', async () => {
  expect(await withTimeout(never, 1, late)).toBe('late');
  const refuse = () => {
    throw new Error('too late');
  };
  await expect(withTimeout(never, 1, refuse)).rejects.toThrow('too late');
});
