import { startServer, type TestServer } from './server';

declare global {
  var testServer: TestServer | undefined;
}

/** Has a server ready for all tests, whose URL they find in TEST_MYSQL_URL. */
export default async function setUp(): Promise<void> {
  if (process.env.TEST_WITHOUT_MYSQL) {
    delete process.env.TEST_MYSQL_URL;
    console.log('\nMySQL is left out of this test run.');
    return;
  }
  if (process.env.TEST_MYSQL_URL) return;
  globalThis.testServer = await startServer();
  process.env.TEST_MYSQL_URL = globalThis.testServer.url;
}
