import {
  Inflow,
  PlacedUpload,
  UploadPlaces,
} from '../../../app/http/resources/imports/upload-places';

/** Whether something is slow that began at 0 and had so many bytes come at these moments. */
function isSlow(
  atMs: number,
  ...came: readonly (readonly [atMs: number, bytes: number])[]
): boolean {
  const inflow = new Inflow(0);
  for (const [ms, bytes] of came) inflow.add(bytes, ms);
  return inflow.isSlow(atMs);
}

const every = (stepMs: number, untilMs: number, bytes: number) =>
  Array.from({ length: untilMs / stepMs }, (_, index) => [index * stepMs, bytes] as const);

test.each<[string, boolean, number, readonly (readonly [number, number])[]]>([
  ['that has just begun', false, 1_999, []],
  ['that has sent nothing', true, 2_000, []],
  ['that drips', true, 2_000, every(100, 2_000, 1)],
  ['that drips at length', true, 60_000, every(500, 60_000, 100)],
  ['that began quickly and stopped', true, 30_000, [[0, 8_000_000]]],
  ['that began quickly and drips', true, 30_000, [[0, 8_000_000], ...every(100, 30_000, 1)]],
  ['that is steady', false, 60_000, every(100, 60_000, 200)],
  ['that comes in large parts', false, 60_000, every(1_000, 60_000, 3_000)],
  [
    'that paused, and went on',
    false,
    30_000,
    [[0, 10], ...every(100, 2_000, 400).map(([ms, bytes]) => [28_000 + ms, bytes] as const)],
  ],
])('an upload %s is slow: %p', (_what, slow, atMs, came) => {
  expect(isSlow(atMs, ...came)).toBe(slow);
});

test('an address has its share, and gives it back once', () => {
  const places = new UploadPlaces({ limit: 4, sharePercent: 50 });
  const of = (client: string) =>
    new PlacedUpload(
      client,
      () => false,
      () => {},
    );
  const first = of('a');
  expect([first, of('a'), of('a')].map((upload) => places.take(upload))).toEqual([
    true,
    true,
    false,
  ]);
  places.leave(first);
  places.leave(first);
  expect([of('a'), of('a')].map((upload) => places.take(upload))).toEqual([true, false]);
  expect([of('b'), of('b'), of('c')].map((upload) => places.take(upload))).toEqual([
    true,
    true,
    false,
  ]);
});
