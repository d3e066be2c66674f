import { createTransport } from 'nodemailer';
import { NotDelivered } from './sending';

/** A mail, but for whom it is from and to. */
export interface MailContent {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** A mail server is to be connected to by then, and to have said its greeting. */
const STEP_TIMEOUT_MS = 15_000;

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Sends mails by one server, a connection for each: a monitor sends few. Where the server offers STARTTLS it is
 * taken, and a certificate that cannot be verified fails the mail: NODE_EXTRA_CA_CERTS names another authority.
 */
export class Mailer {
  readonly #transport: ReturnType<typeof createTransport>;
  readonly #from: string;
  readonly #timeoutMs: number;

  /**
   * @param stepTimeoutMs how long the server may take for its greeting, and to be connected to; twice as long may
   *   it be silent after that, and four times as long may all of a mail take
   */
  constructor(smtpUrl: string, from: string, stepTimeoutMs = STEP_TIMEOUT_MS) {
    const { protocol, hostname, port, username, password } = new URL(smtpUrl);
    this.#transport = createTransport({
      host: hostname.replace(/^\[|\]$/g, ''),
      port: Number(port) || (protocol === 'smtps:' ? 465 : 587),
      secure: protocol === 'smtps:',
      // A password does not leave this machine unencrypted, whatever is done to the server's offer of STARTTLS.
      requireTLS: username !== '' && !LOOPBACK.has(hostname),
      ...(username && {
        auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) },
      }),
      connectionTimeout: stepTimeoutMs,
      greetingTimeout: stepTimeoutMs,
      socketTimeout: stepTimeoutMs * 2,
      // What is in a mail is written here: it is read from no file and no URL.
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    this.#from = from;
    this.#timeoutMs = stepTimeoutMs * 4;
  }

  /**
   * Sends a mail. Its Message-ID is the message's own, so that a copy is known as one (RFC 5322, section 3.6.4).
   *
   * @throws NotDelivered, final where the server refuses it for good (RFC 5321, section 4.2.1: 5yz)
   */
  async send(to: string, messageID: string, content: MailContent): Promise<void> {
    const [, domain = 'localhost'] = /@([^\s@<>]+)>?$/.exec(this.#from) ?? [];
    // Beside the limits of each step: a server that says a little now and then would go on for ever.
    const signal = AbortSignal.timeout(this.#timeoutMs);
    try {
      await this.#transport.sendMail({
        ...content,
        from: this.#from,
        // As an object, so that nothing in it is read as a list of addresses.
        to: { name: '', address: to },
        messageId: `<${messageID}@${domain}>`,
        // Automatic: nobody's holiday answers it (RFC 3834, section 5).
        headers: { 'Auto-Submitted': 'auto-generated' },
        signal,
      });
    } catch (cause) {
      const { message } = cause as Error;
      const said = signal.aborted ? `not taken within ${this.#timeoutMs} ms` : message;
      throw new NotDelivered(said, isFinal(cause as SmtpError), { cause });
    }
  }
}

/** What nodemailer tells of a failure: what the server answered, and to which command. */
interface SmtpError {
  readonly responseCode?: number;
  readonly command?: string;
}

/** The commands that are about one mail; what comes of others is about the server, and all mails. */
const MAIL_COMMANDS = ['MAIL FROM', 'RCPT TO', 'DATA'];

/** To be refused for who one is, or for no TLS, is a fault of the settings, which somebody will mend (RFC 4954, section 6). */
const SETTINGS_CODES = [530, 534, 535, 538];

function isFinal({ responseCode = 0, command = '' }: SmtpError): boolean {
  return (
    responseCode >= 500 && MAIL_COMMANDS.includes(command) && !SETTINGS_CODES.includes(responseCode)
  );
}
