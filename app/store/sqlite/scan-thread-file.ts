import path from 'node:path';

/** The file that a thread runs: compiled, beside this one. Tests, which run what is not compiled, have another. */
export const SCAN_THREAD_FILE = path.join(__dirname, 'scan-thread.js');
