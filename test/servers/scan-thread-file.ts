import path from 'node:path';

/** What a thread of the SQLite store runs in tests, which are not compiled. */
export const SCAN_THREAD_FILE = path.join(__dirname, 'scan-thread.js');
