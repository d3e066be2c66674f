const { default: Sequencer } = require('@jest/test-sequencer');

/** The folders of tests, in the order in which they begin; the others come between. */
const FIRST = /\/test\/e2e\//;
const LAST = /\/test\/browser\//;

const rank = ({ path }) => (FIRST.test(path) ? 0 : LAST.test(path) ? 2 : 1);

/**
 * What deploys with Compose comes first, and what runs in a browser last: each network that a deployment
 * makes or takes away breaks off whatever a browser on the same machine is loading.
 */
module.exports = class extends Sequencer {
  sort(tests) {
    return super.sort(tests).sort((a, b) => rank(a) - rank(b));
  }
};
