import { createTransport } from 'nodemailer';
import { NotDelivered } from './sending';

/** A mail without sender and recipient. */
export interface MailContent {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** A mail server must be connected, and must have sent its greeting, by then. */
const STEP_TIMEOUT_MS = 15_000;

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Sends mails by one server, each over its own connection, since a monitor sends few. If the server offers STARTTLS, it is
 * used. If the certificate cannot be verified, the mail fails: NODE_EXTRA_CA_CERTS can name another authority.
 */
export class Mailer {
  readonly #transport: ReturnType<typeof createTransport>;
  readonly #from: string;
  readonly #timeoutMs: number;

  /**
   * @param stepTimeoutMs how long the server may take to connect, and for its greeting. After that it may be silent for
   *   twice as long, and the whole mail may take four times as long
   */
  constructor(smtpUrl: string, from: string, stepTimeoutMs = STEP_TIMEOUT_MS) {
    const { protocol, hostname, port, username, password } = new URL(smtpUrl);
    this.#transport = createTransport({
      host: hostname.replace(/^\[|\]$/g, ''),
      port: Number(port) || (protocol === 'smtps:' ? 465 : 587),
      secure: protocol === 'smtps:',
      // A password is never sent unencrypted, even if an attacker removes the server's offer of STARTTLS.
      requireTLS: username !== '' && !LOOPBACK.has(hostname),
      ...(username && {
        auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) },
      }),
      connectionTimeout: stepTimeoutMs,
      greetingTimeout: stepTimeoutMs,
      socketTimeout: stepTimeoutMs * 2,
      // A mail has only what is passed here. Nothing is read from files or URLs.
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    this.#from = from;
    this.#timeoutMs = stepTimeoutMs * 4;
  }

  /**
   * Sends a mail. Its Message-ID is made from the message's name, so that a copy can be recognized (RFC 5322, section 3.6.4).
   *
   * @throws NotDelivered, final if the server refuses it for good (RFC 5321, section 4.2.1: 5yz)
   */
  async send(to: string, messageID: string, content: MailContent): Promise<void> {
    const [, domain = 'localhost'] = /@([^\s@<>]+)>?$/.exec(this.#from) ?? [];
    // In addition to the limits of each step: a server that sends a little now and then could go on for ever.
    const signal = AbortSignal.timeout(this.#timeoutMs);
    try {
      await this.#transport.sendMail({
        ...content,
        from: this.#from,
        // As an object, so that it is never parsed as a list of addresses.
        to: { name: '', address: to },
        messageId: `<${messageID}@${domain}>`,
        // Marked as automatic, so that no out-of-office reply comes back (RFC 3834, section 5).
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

/** What nodemailer knows of a failure: the server's answer, and the command. */
interface SmtpError {
  readonly responseCode?: number;
  readonly command?: string;
}

/** The commands about one mail. A failure of any other command is about the server, and so about all mails. */
const MAIL_COMMANDS = ['MAIL FROM', 'RCPT TO', 'DATA'];

/** Refusals of the login or for lack of TLS (RFC 4954, section 6). The settings are wrong, and somebody will correct them. */
const SETTINGS_CODES = [530, 534, 535, 538];

function isFinal({ responseCode = 0, command = '' }: SmtpError): boolean {
  return (
    responseCode >= 500 && MAIL_COMMANDS.includes(command) && !SETTINGS_CODES.includes(responseCode)
  );
}
