export default async function tearDown(): Promise<void> {
  globalThis.testServiceHost?.stop();
  await globalThis.testServer?.remove();
}
