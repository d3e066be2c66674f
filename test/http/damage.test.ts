import { onEveryStore } from '../stores';
import { startService } from './service';

onEveryStore((place) => {
  test('damage takes away, and is listed by its reason', async () => {
    const service = await startService(place().environment);
    await service.ask.post('/inventory').send({ productID: 1, availableQuantity: 5 }).expect(201);
    const damage = { productID: 1, quantityChange: -2, reason: 'damage' };
    await service.ask.post('/inventory').send(damage).expect(201);
    const added = await service.ask.post('/inventory').send({ ...damage, quantityChange: 2 });
    expect(added.body.errors).toEqual([
      { field: 'quantityChange', detail: 'must be less than 0 for a damage' },
    ]);
    const { body } = await service.ask.get('/inventory/1/records?reason=damage');
    expect(body).toMatchObject([{ reason: 'damage', availableQuantity: 3 }]);
    await service.close();
  });
});
