/**
 * Puts a module into a block. `asn1js` has classes named Boolean and Set, which a block may have. At the top of a module they
 * would clash with the globals that Jest gives to each (`sandboxInjectedGlobals`).
 */
module.exports = {
  process: (source) => ({ code: `{${source}\n}` }),
  getCacheKey: (source) => `in a block ${source}`,
};
