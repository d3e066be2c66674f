// A thread or a process of its own is none of Jest's, which compiles what tests require: with this it does so by itself.
const { createHash } = require('node:crypto');
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const path = require('node:path');
const { threadId } = require('node:worker_threads');

/** What was compiled, by the hash of its source: many tests start a thread. */
const COMPILED = path.join(__dirname, '..', '..', 'node_modules', '.cache', 'typescript');

require.extensions['.ts'] = (module, filename) => {
  module._compile(compiled(readFileSync(filename, 'utf8')), filename);
};

function compiled(source) {
  const file = path.join(COMPILED, createHash('sha256').update(source).digest('hex'));
  try {
    return readFileSync(file, 'utf8');
  } catch {
    // Required here alone: to load the compiler takes longer than to compile.
    const { code } = require('@swc/core').transformSync(source, {
      module: { type: 'commonjs' },
      jsc: { target: 'es2023', parser: { syntax: 'typescript' } },
    });
    mkdirSync(COMPILED, { recursive: true });
    // Others look for it at the same time, and find all of it or nothing.
    const whole = `${file}.${process.pid}.${threadId}`;
    writeFileSync(whole, code);
    renameSync(whole, file);
    return code;
  }
}
