import { Problem } from '../../app/http/problems/problem';

test('a closed day is a problem that says until when', () => {
  const problem = new Problem('day-closed', 'Days until 2026-10-31 are closed.', {
    closedUntil: '2026-10-31',
  });
  expect(problem.body()).toMatchObject({
    type: '/problems/day-closed',
    status: 409,
    title: 'This day is closed',
    closedUntil: '2026-10-31',
  });
});
