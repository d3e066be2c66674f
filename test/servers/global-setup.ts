import { chromiumPath } from '../browser/chromium';
import { startSharedServer, type TestServer } from './server';

declare global {
  var testServer: TestServer | undefined;
}

/** Has a server and a browser ready for all tests, which find them in TEST_MYSQL_URL and TEST_CHROMIUM. */
export default async function setUp(): Promise<void> {
  if (process.env.TEST_WITHOUT_BROWSER) console.log('\nThe browser is left out of this test run.');
  else process.env.TEST_CHROMIUM = chromiumPath();
  if (process.env.TEST_WITHOUT_MYSQL) {
    delete process.env.TEST_MYSQL_URL;
    console.log('\nMySQL is left out of this test run.');
    return;
  }
  if (process.env.TEST_MYSQL_URL) return;
  globalThis.testServer = await startSharedServer();
  process.env.TEST_MYSQL_URL = globalThis.testServer.url;
}
