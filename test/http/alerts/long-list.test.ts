import { RECIPIENTS_MAX } from '../../../app/ledger/alert';
import { onEveryStore } from '../../stores';
import { useService } from '../service';
import { finding, report, TELL_ANN } from './shortages';

/** More than two parts of a list. */
const ALERTS = 120;
/** How large a part is: fifty alerts, each with twenty deliveries. */
const ENTRY_MAX_CHARACTERS = 20_000;

onEveryStore((place) => {
  const service = useService(place);
  afterEach(() => {
    jest.restoreAllMocks();
  });

  /** The longest text of JSON that is built at a time. */
  async function longestDuring(work: () => Promise<unknown>): Promise<number> {
    let longest = 0;
    const stringify = JSON.stringify;
    jest.spyOn(JSON, 'stringify').mockImplementation((...given) => {
      const text = stringify(...(given as Parameters<typeof stringify>));
      longest = Math.max(longest, text?.length ?? 0);
      return text;
    });
    await work();
    jest.restoreAllMocks();
    return longest;
  }

  test('a long list of alerts with many deliveries each is written part by part', async () => {
    const deliveries = Array.from({ length: RECIPIENTS_MAX }, (_, index) => ({
      ...TELL_ANN,
      target: `ann${index}@shop.example`,
    }));
    const productIDs = Array.from({ length: ALERTS }, (_, index) => index + 1);
    for (const begin of [0, 60]) {
      const part = productIDs.slice(begin, begin + 60);
      const record = begin + part.length;
      await report(service, ...part.map((productID) => finding(productID, { record, deliveries })));
    }
    let answer = await service.ask.get('/healthz');
    const longest = await longestDuring(async () => {
      answer = await service.ask.get('/alerts?limit=1000');
    });
    expect(longest).toBeLessThan(ENTRY_MAX_CHARACTERS);
    const listed = answer.body as { productID: number; deliveries: { target: string }[] }[];
    expect(listed.map(({ productID }) => productID)).toEqual(productIDs);
    const targets = deliveries.map(({ target }) => target);
    for (const alert of listed) {
      expect(alert.deliveries.map(({ target }) => target)).toEqual(targets);
    }
    const known = { 'If-None-Match': answer.headers.etag as string };
    const again = await service.ask.get('/alerts?limit=1000').set(known);
    expect([again.status, again.text]).toEqual([304, '']);
  });
});
