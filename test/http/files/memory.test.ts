import { onEveryStore } from '../../stores';
import { build, MeasuredService, removeBuild } from './built-service';

const ROWS = 100_000;
const MIB = 1_048_576;

/** All that the process may have on its heap: the ledger of 100,000 products, and one import. */
const HEAP_MB = 112;
/** What may be left when all is done: what is in stock of 100,000 products, which memory is to hold. */
const GROWTH_MIB = 64;

let folder: string;
beforeAll(() => {
  folder = build();
});
afterAll(() => removeBuild(folder));

onEveryStore((place) => {
  let service: MeasuredService;
  beforeEach(async () => {
    service = await MeasuredService.start(folder, place().environment, HEAP_MB);
  });
  afterEach(() => service.stop());

  const imported = async () => {
    const form = new FormData();
    form.set('file', new Blob([counts()]), 'counts.csv');
    const headers = { 'Idempotency-Key': 'counts' };
    const answer = await fetch(`${service.url}/imports/counts`, {
      method: 'POST',
      body: form,
      headers,
    });
    expect(await answer.json()).toEqual({ recorded: ROWS });
    return answer;
  };
  const lineCount = async (path: string) =>
    (await (await fetch(service.url + path)).text()).split('\r\n').length - 1;

  test('100000 lines come and go in bounded memory', async () => {
    const before = await service.memory();
    await imported();
    expect(await lineCount('/inventory.csv')).toBe(ROWS + 1);
    expect(await lineCount('/records.csv')).toBe(ROWS + 1);
    expect((await imported()).headers.get('Idempotent-Replayed')).toBe('true');
    const growth = (await service.memory()).heapUsed - before.heapUsed;
    expect(growth / MIB).toBeLessThan(GROWTH_MIB);
  });
});

function counts(): string {
  const lines = ['productID,availableQuantity,reference,note'];
  for (let productID = 1; productID <= ROWS; productID += 1) {
    lines.push(`${productID},${productID % 1_000},COUNT-2026,"Shelf ${productID % 97}, left"`);
  }
  return lines.join('\r\n');
}
