const { default: Sequencer } = require('@jest/test-sequencer');

/** What begins first and last; the others come between. */
const FIRST = /\/test\/e2e\/compose/;
const LAST = /\/test\/browser\//;

/** Mostly waits: for processes to start, and for time limits to pass. */
const WAITS = /\/test\/(faults|monitor|e2e)\//;

/**
 * What deploys with Compose comes first, and what runs in a browser last: each network that a deployment
 * makes or takes away breaks off whatever a browser on the same machine is loading.
 *
 * Between them suites that wait are spread among those that compute, so that no core is idle. By itself Jest begins
 * with what took longest the last time, else with the largest files.
 */
module.exports = class extends Sequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    const between = sorted.filter(({ path }) => !FIRST.test(path) && !LAST.test(path));
    return [
      ...sorted.filter(({ path }) => FIRST.test(path)),
      ...spread(
        between.filter(({ path }) => WAITS.test(path)),
        between.filter(({ path }) => !WAITS.test(path)),
      ),
      ...sorted.filter(({ path }) => LAST.test(path)),
    ];
  }
};

/** Both lists as one, each in its order, with the same share of both from the beginning to the end. */
function spread(some, others) {
  const placed = (list) => list.map((test, index) => ({ test, at: index / list.length }));
  return [...placed(some), ...placed(others)].sort((a, b) => a.at - b.at).map(({ test }) => test);
}
