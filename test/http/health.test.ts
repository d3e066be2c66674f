import { onEveryStore } from '../stores';
import { useService } from './service';

onEveryStore((place) => {
  const service = useService(place);

  test('/healthz says that the process lives', async () => {
    const answer = await service.ask.get('/healthz');
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(answer.body).toEqual({ status: 'alive' });
  });

  test('/readyz says what record the stock is as of', async () => {
    const empty = await service.ask.get('/readyz');
    expect(empty.status).toBe(200);
    expect(empty.body).toEqual({ status: 'ready', record: 0 });
    await service.ask.post('/inventory').field({ productID: '1', availableQuantity: '5' });
    expect((await service.ask.get('/readyz')).body).toEqual({ status: 'ready', record: 1 });
  });

  test.each(['/healthz', '/readyz'])('%s takes HEAD, and says so to OPTIONS', async (path) => {
    const head = await service.ask.head(path);
    expect(head.status).toBe(200);
    expect(head.text).toBeUndefined();
    const options = await service.ask.options(path);
    expect(options.status).toBe(204);
    expect(options.headers.allow).toBe('GET, HEAD, OPTIONS');
  });
});
