import { chromiumPath } from '../browser/chromium';
import { type ServiceHost, startServiceHost } from './hosted-service';
import { startSharedServer, type TestServer } from './server';

declare global {
  var testServer: TestServer | undefined;
  var testServiceHost: ServiceHost | undefined;
}

/**
 * Has ready for all tests what they share: a browser, a process for services, and a database server, which they find in
 * TEST_CHROMIUM, TEST_SERVICE_HOST and TEST_MYSQL_URL.
 */
export default async function setUp(): Promise<void> {
  if (process.env.TEST_WITHOUT_BROWSER) console.log('\nThe browser is left out of this test run.');
  else process.env.TEST_CHROMIUM = chromiumPath();
  const host = await startServiceHost();
  globalThis.testServiceHost = host;
  process.env.TEST_SERVICE_HOST = host.url;
  process.env.TEST_SERVICE_HOST_END = host.endFile;
  if (process.env.TEST_WITHOUT_MYSQL) {
    delete process.env.TEST_MYSQL_URL;
    console.log('\nMySQL is left out of this test run.');
    return;
  }
  if (process.env.TEST_MYSQL_URL) return;
  globalThis.testServer = await startSharedServer();
  process.env.TEST_MYSQL_URL = globalThis.testServer.url;
}
