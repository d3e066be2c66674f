import { onEveryStore } from '../stores';
import { startService } from './service';

onEveryStore((place) => {
  test('a supplier is kept, told and exported', async () => {
    const service = await startService(place().environment);
    const posted = await service.ask
      .post('/inventory')
      .send({ productID: 1, availableQuantity: 5, supplier: ' Tea Ltd ' });
    expect(posted.body).toMatchObject({ record: 1, supplier: 'Tea Ltd' });
    const { body } = await service.ask.get('/inventory/1/records');
    expect(body).toMatchObject([{ record: 1, supplier: 'Tea Ltd' }]);
    expect((await service.ask.get('/records.csv')).text).toMatch(
      /,note,supplier,recordedAt\r\n1,.*,Tea Ltd,/,
    );
    const doc = JSON.stringify((await service.ask.get('/openapi.json')).body);
    expect(doc).toContain('"supplier"');
    await service.close();
  });
});
