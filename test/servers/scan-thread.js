require('./typescript.js');
require('../../app/store/sqlite/scan-thread.ts');
