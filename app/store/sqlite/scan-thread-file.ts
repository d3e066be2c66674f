import path from 'node:path';

/** The compiled file that a thread runs, beside this one. Tests run sources, and replace it. */
export const SCAN_THREAD_FILE = path.join(__dirname, 'scan-thread.js');
