import { inTime } from '../../app/ledger/in-time';

const never = new Promise<string>(() => {});
const late = () => 'late';

test('what comes in time is taken, and so is its failure', async () => {
  expect(await inTime(Promise.resolve('here'), 60_000, late)).toBe('here');
  await expect(inTime(Promise.reject(new Error('broken')), 60_000, late)).rejects.toThrow('broken');
});

test('in place of what does not come, there is what is said instead, or thrown', async () => {
  expect(await inTime(never, 1, late)).toBe('late');
  const refuse = () => {
    throw new Error('too late');
  };
  await expect(inTime(never, 1, refuse)).rejects.toThrow('too late');
});
