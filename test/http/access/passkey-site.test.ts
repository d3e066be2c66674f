import { passkeySite } from '../../../app/http/access/passkey-site';
import { sqlitePlace } from '../../stores';
import { expectProblem } from '../problem-answer';
import { startService } from '../service';

test.each([
  ['https://shop.example', 'shop.example', 'https://shop.example'],
  ['https://shop.example:8443/inventory', 'shop.example', 'https://shop.example:8443'],
  ['http://localhost:5000', 'localhost', 'http://localhost:5000'],
  ['http://shop.localhost:5000', 'shop.localhost', 'http://shop.localhost:5000'],
])('passkeys of %s belong to %s', (publicUrl, rpID, origin) => {
  expect(passkeySite(publicUrl)).toEqual({ rpID, origin });
});

// Browsers have none there.
test.each([
  'http://shop.example',
  'http://192.168.1.5:5000',
  'http://127.0.0.1:5000',
  'https://127.0.0.1',
  'https://[::1]:5000',
  'http://notlocalhost',
])('there are none at %s', (publicUrl) => {
  expect(passkeySite(publicUrl)).toBeUndefined();
});

test.each([{ PUBLIC_URL: 'http://192.168.1.5:5000', ACCESS: 'keys' }, { ACCESS: 'open' }])(
  'a service says that it has none, and what to set: %o',
  async (settings) => {
    const place = await sqlitePlace();
    const service = await startService(place.environment, settings);
    const answer = await service.ask.post('/sign-in/passkey/options');
    expectProblem(answer, 'no-passkeys');
    expect(answer.body.detail).toMatch(/PUBLIC_URL .*https:\/\/.* ACCESS=keys/);
    expect((await service.ask.get('/sign-in').expect(200)).body).toEqual({});
    await service.close();
    await place.remove();
  },
);
