import { onEveryStore } from '../stores';
import { startService } from './service';

onEveryStore((place) => {
  test('says how many records a product has', async () => {
    const service = await startService(place().environment);
    const count = { productID: 1, availableQuantity: 5 };
    await service.ask.post('/inventory').send(count).expect(201);
    await service.ask.post('/inventory').send(count).expect(201);
    expect((await service.ask.get('/inventory/1/record-count')).body).toEqual({ records: 2 });
    await service.close();
  });
});
