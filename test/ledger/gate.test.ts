import { Gate, Overloaded } from '../../app/ledger/gate';

/** Work that ends when the test says so. */
function task() {
  let end: () => void = () => {};
  const done = new Promise<void>((resolve) => {
    end = resolve;
  });
  const state = { begun: false };
  const work = () => {
    state.begun = true;
    return done;
  };
  return { state, work, end };
}

test('a limited amount of work runs, more waits in order, and further work is refused, unless it continues other work', async () => {
  const gate = new Gate(2, 2);
  const tasks = Array.from({ length: 4 }, task);
  const passing = tasks.map(({ work }) => gate.pass(work));
  const begun = () => tasks.map(({ state }) => state.begun);
  expect(begun()).toEqual([true, true, false, false]);
  await expect(gate.pass(async () => {})).rejects.toThrow(Overloaded);
  tasks[1]?.end();
  await passing[1];
  expect(begun()).toEqual([true, true, true, false]);
  const last = gate.pass(async () => 'answer');
  const further = gate.pass(async () => 'goes on', true);
  for (const { end } of tasks) end();
  expect(await last).toBe('answer');
  expect(await further).toBe('goes on');
  await Promise.all(passing);
});

test('work that fails gives its place away', async () => {
  const gate = new Gate(1, 1);
  const fails = async () => {
    throw new Error('broken');
  };
  await expect(gate.pass(fails)).rejects.toThrow('broken');
  const failing = gate.pass(fails);
  const next = gate.pass(async () => 1);
  await expect(failing).rejects.toThrow('broken');
  expect(await next).toBe(1);
});
