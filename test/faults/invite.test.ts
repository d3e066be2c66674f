import { newInvitation } from '../../app/http/access/invitation';
import { onEveryStore } from '../stores';
import { ServiceProcess } from './service-process';
import { until } from './until';

const LINK = /http:\/\/localhost:5000\/#\/sign-in\/([\w-]{43})/;
const SAID = 'nobody can sign in yet';

onEveryStore((place) => {
  const keys = () => ({ ...place().environment, ACCESS: 'keys' });
  afterEach(() => ServiceProcess.killAll());

  /** Signs in with the link in a text, and says who that is; undefined if the link is good for nobody. */
  const signIn = async ({ port }: ServiceProcess, text: string) => {
    const url = `http://127.0.0.1:${port}`;
    const body = new URLSearchParams({
      invitation: LINK.exec(text)?.[1] ?? '',
      device: 'The till',
    });
    const answer = await fetch(`${url}/sessions`, { method: 'POST', body });
    if (answer.status !== 204) return undefined;
    const cookie = String(answer.headers.get('Set-Cookie')).split(';')[0] as string;
    return (await fetch(`${url}/me`, { headers: { Cookie: cookie } })).json();
  };

  test('at the first start it says once with which link the owner signs in', async () => {
    const service = await ServiceProcess.start({ ...keys(), LOG_LEVEL: 'info' });
    const { msg, link } = await service.logged(SAID);
    expect(link).toBe(LINK.exec(msg)?.[0]);
    expect(await signIn(service, msg)).toMatchObject({ actor: 'person:owner', role: 'owner' });
    expect(await signIn(service, msg)).toBeUndefined();
    const secret = LINK.exec(msg)?.[1] as string;
    const others = service.log.filter((line) => line.msg !== msg);
    expect(others.length).toBeGreaterThan(2);
    expect(JSON.stringify(others)).not.toContain(secret);
    service.kill('SIGTERM');
    await service.exited;
    const again = await ServiceProcess.start(keys());
    // It would have said it by the time that it answers a change and stops.
    await fetch(`http://127.0.0.1:${again.port}/me`);
    again.kill('SIGTERM');
    await again.exited;
    expect(JSON.stringify(again.log)).not.toContain(SAID);
  });

  test('of all processes on one ledger, one says it', async () => {
    const settings = { ...keys(), WEB_CONCURRENCY: '2' };
    const services = await Promise.all([
      ServiceProcess.start(settings),
      ServiceProcess.start(settings),
    ]);
    const lines = () => services.flatMap(({ log }) => log);
    await until('all to be ready', () => lines().filter(({ msg }) => msg === 'ready').length === 4);
    await until('a link', () => lines().some(({ msg }) => msg.startsWith(SAID)));
    for (const service of services) service.kill('SIGTERM');
    await Promise.all(services.map(({ exited }) => exited));
    expect(lines().filter(({ msg }) => msg.startsWith(SAID))).toHaveLength(1);
  });

  test('ACCESS=open invites nobody', async () => {
    const service = await ServiceProcess.start(place().environment);
    expect((await service.get('/people')).body).toEqual([]);
    service.kill('SIGTERM');
    await service.exited;
    expect(JSON.stringify(service.log)).not.toContain(SAID);
  });

  test('a command invites others, beside the service', async () => {
    const service = await ServiceProcess.start(keys());
    const ann = await ServiceProcess.run(keys(), 'invite', 'ann', 'clerk');
    expect(ann).toMatchObject({ code: 0, stdout: expect.stringMatching(LINK) });
    expect(ann.stdout).toBe(LINK.exec(ann.stdout)?.[0]);
    expect(ann.stderr).toMatch(/^ann \(clerk\) signs in on one device with this link, until /);
    expect(await signIn(service, ann.stdout)).toMatchObject({ actor: 'person:ann', role: 'clerk' });
    const owner = await ServiceProcess.run(keys(), 'invite');
    expect(await signIn(service, owner.stdout)).toMatchObject({ actor: 'person:owner' });
    const again = await ServiceProcess.run(keys(), 'invite', 'ann');
    expect(await signIn(service, again.stdout)).toMatchObject({ role: 'clerk' });
    for (const [faulty, fault] of [
      [['Ann'], 'The name must be 1 to 60 lower-case letters'],
      [['bob', 'boss'], 'The role must be one of owner, manager, clerk, viewer'],
      [['ann', 'owner'], 'ann is a clerk already'],
    ] as const) {
      const refused = await ServiceProcess.run(keys(), 'invite', ...faulty);
      expect(refused).toMatchObject({ code: 1, stdout: '' });
      expect(refused.stderr).toMatch(new RegExp(`^${fault}.*\\n$`));
    }
  });
});

test('the link has the BASE_PATH once, whether or not PUBLIC_URL has it', async () => {
  const place = { basePath: '/inventory' };
  for (const publicUrl of ['https://shop.example', 'https://shop.example/inventory']) {
    expect(newInvitation({ name: 'ann' }, { ...place, publicUrl }).link).toMatch(
      /^https:\/\/shop\.example\/inventory\/#\/sign-in\/[\w-]{43}$/,
    );
  }
});
