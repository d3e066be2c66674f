import { Mailer } from '../../app/monitor/delivery/mailer';
import { NotDelivered } from '../../app/monitor/delivery/sending';
import { until } from '../faults/until';
import { Mailbox, type MailFault } from './receivers';

const TO = 'ann@shop.example';
const FROM = 'Inventory <inventory@shop.example>';
const CONTENT = { subject: 'Low: a cup', text: 'a cup is low', html: '<p>a cup is low</p>' };

/** A step may take so long, silence twice as long, and a mail four times as long. */
const STEP_MS = 400;

let mailbox: Mailbox;
let url: string;
beforeEach(async () => {
  mailbox = new Mailbox();
  url = await mailbox.open();
});
afterEach(() => mailbox.close());

/** The result of sending a mail; undefined if it was delivered. */
async function send(smtpUrl = url, stepMs?: number): Promise<NotDelivered | undefined> {
  try {
    await new Mailer(smtpUrl, FROM, stepMs).send(TO, 'm-1', CONTENT);
    return undefined;
  } catch (error) {
    expect(error).toBeInstanceOf(NotDelivered);
    return error as NotDelivered;
  }
}

/** Sends again to a server that works again. */
async function expectDeliveredNow(smtpUrl = url): Promise<void> {
  mailbox.fault = undefined;
  expect(await send(smtpUrl)).toBeUndefined();
  expect(mailbox.mails).toMatchObject([{ messageId: '<m-1@shop.example>' }]);
}

test.each<[MailFault & string, RegExp]>([
  ['silent', /Greeting never received/],
  ['closes after the greeting', /closed|ECONNRESET|hang up/i],
  ['closes in the middle of DATA', /closed|ECONNRESET|EPIPE/i],
  ['says a little for ever', /^not taken within 1600 ms$/],
])('a server: %s; the try fails, and the next is the same mail', async (fault, said) => {
  mailbox.fault = fault;
  expect(await send(url, STEP_MS)).toMatchObject({
    isFinal: false,
    message: expect.stringMatching(said),
  });
  expect(mailbox.mails).toEqual([]);
  await expectDeliveredNow();
});

test('where nobody listens the try fails and says so', async () => {
  const elsewhere = new Mailbox();
  const closed = await elsewhere.open();
  await elsewhere.close();
  expect(await send(closed)).toMatchObject({
    isFinal: false,
    message: expect.stringContaining('ECONNREFUSED'),
  });
});

const STEPS = ['MAIL', 'RCPT', 'DATA'] as const;

test.each(STEPS.flatMap((at) => [421, 450].map((code) => ({ at, code }))))(
  '$code at $at is a passing fault',
  async (fault) => {
    mailbox.fault = fault;
    expect(await send()).toMatchObject({
      isFinal: false,
      message: expect.stringContaining(`${fault.code} no`),
    });
    await expectDeliveredNow();
  },
);

test.each(STEPS.flatMap((at) => [550, 554].map((code) => ({ at, code }))))(
  '$code at $at is a lasting fault',
  async (fault) => {
    mailbox.fault = fault;
    expect(await send()).toMatchObject({
      isFinal: true,
      message: expect.stringContaining(`${fault.code} no`),
    });
    expect(mailbox.mails).toEqual([]);
  },
);

const withPassword = () => url.replace('smtp://', 'smtp://ann:p%40ss@');

test('a login that is refused is a fault of the settings, for now; its reason does not tell the password', async () => {
  mailbox.fault = { at: 'login', code: 535 };
  const refused = await send(withPassword());
  expect(refused).toMatchObject({ isFinal: false, message: expect.stringContaining('535 no') });
  expect(refused?.message).not.toContain('p@ss');
  await expectDeliveredNow(withPassword());
});

test.each([530, 535])(
  '%p to the mail itself, without a login, is a fault of the settings, too',
  async (code) => {
    mailbox.fault = { at: 'MAIL', code };
    expect(await send()).toMatchObject({ isFinal: false });
  },
);

test('a server that is slow, but within its time, is waited for', async () => {
  mailbox.slowMs = STEP_MS;
  expect(await send(url, STEP_MS)).toBeUndefined();
  expect(mailbox.mails).toHaveLength(1);
});

test('STARTTLS is used if it is offered; a certificate without a known authority fails the try, which says so', async () => {
  const signed = new Mailbox({ startTls: true });
  try {
    const failure = await send(await signed.open());
    expect(failure).toMatchObject({
      isFinal: false,
      message: expect.stringMatching(/^certificate has expired$|self-signed certificate/),
    });
    expect(signed.connections).toBe(1);
    expect(signed.mails).toEqual([]);
  } finally {
    await signed.close();
  }
});

test('many mails to one address arrive, each once, under its own name', async () => {
  const mailer = new Mailer(url, FROM);
  const names = Array.from({ length: 30 }, (_, index) => `m-${index}`);
  await Promise.all(names.map((name) => mailer.send(TO, name, CONTENT)));
  await until('all of them', () => mailbox.mails.length === names.length);
  const found = mailbox.mails.map(({ messageId }) => messageId).toSorted();
  expect(found).toEqual(names.map((name) => `<${name}@shop.example>`).toSorted());
});
