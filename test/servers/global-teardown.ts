export default async function tearDown(): Promise<void> {
  await globalThis.testServiceHost?.stop();
  await globalThis.testServer?.remove();
}
