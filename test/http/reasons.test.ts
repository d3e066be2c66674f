import { onEveryStore } from '../stores';
import { useService } from './service';

onEveryStore((place) => {
  const service = useService(place);

  test('GET /reasons lists every reason with its title', async () => {
    const { status, body } = await service.ask.get('/reasons');
    expect(status).toBe(200);
    expect(body).toContainEqual({ reason: 'receipt', title: 'Receipt' });
  });
});
