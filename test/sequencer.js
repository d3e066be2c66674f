const { default: Sequencer } = require('@jest/test-sequencer');

const DEPLOYING = /\/test\/e2e\//;
const COMPUTING = /\/test\/browser\//;
const WAITING = /\/test\/(faults|monitor)\//;

/**
 * The order in which tests begin. What deploys with Compose comes first and what runs in a browser late: each
 * network that a deployment makes or takes away breaks off whatever a browser on the same machine is loading.
 * Browsers keep a core busy, tests of faults mostly wait: taken in turns, they share a machine best.
 */
module.exports = class extends Sequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    const those = (kind) => sorted.filter(({ path }) => kind.test(path));
    const apart = [DEPLOYING, COMPUTING, WAITING];
    const others = sorted.filter(({ path }) => !apart.some((kind) => kind.test(path)));
    return [...those(DEPLOYING), ...others, ...inTurns(those(COMPUTING), those(WAITING))];
  }
};

function inTurns(some, more) {
  const length = Math.max(some.length, more.length);
  return Array.from({ length }, (_, index) => [some[index], more[index]])
    .flat()
    .filter(Boolean);
}
