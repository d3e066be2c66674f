import { createTransport } from 'nodemailer';
import { NotDelivered } from './sending';

/** A mail, but for whom it is from and to. */
export interface MailContent {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** Each step of a conversation with a mail server is to be over by then. */
const STEP_TIMEOUT_MS = 15_000;
const SILENCE_TIMEOUT_MS = 30_000;

/** Sends mails by one server, a connection for each: a monitor sends few. */
export class Mailer {
  readonly #transport: ReturnType<typeof createTransport>;
  readonly #from: string;

  /** @param stepTimeoutMs how long the server may take for its greeting, and to be connected to */
  constructor(smtpUrl: string, from: string, stepTimeoutMs = STEP_TIMEOUT_MS) {
    const { protocol, hostname, port, username, password } = new URL(smtpUrl);
    this.#transport = createTransport({
      host: hostname.replace(/^\[|\]$/g, ''),
      port: Number(port) || (protocol === 'smtps:' ? 465 : 587),
      secure: protocol === 'smtps:',
      ...(username && {
        auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) },
      }),
      connectionTimeout: stepTimeoutMs,
      greetingTimeout: stepTimeoutMs,
      socketTimeout: Math.min(SILENCE_TIMEOUT_MS, stepTimeoutMs * 2),
      // What is in a mail is written here: it is read from no file and no URL.
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    this.#from = from;
  }

  /**
   * Sends a mail. Its Message-ID is the message's own, so that a copy is known as one (RFC 5322, section 3.6.4).
   *
   * @throws NotDelivered, final where the server refuses it for good (RFC 5321, section 4.2.1: 5yz)
   */
  async send(to: string, messageID: string, content: MailContent): Promise<void> {
    const [, domain = 'localhost'] = /@([^\s@<>]+)>?$/.exec(this.#from) ?? [];
    try {
      await this.#transport.sendMail({
        ...content,
        from: this.#from,
        // As an object, so that nothing in it is read as a list of addresses.
        to: { name: '', address: to },
        messageId: `<${messageID}@${domain}>`,
        // Automatic: nobody's holiday answers it (RFC 3834, section 5).
        headers: { 'Auto-Submitted': 'auto-generated' },
      });
    } catch (cause) {
      const { responseCode, command, message } = cause as {
        responseCode?: number;
        command?: string;
        message: string;
      };
      // To be refused for who one is, is a fault of the settings, which somebody will mend.
      const isAboutMail = command !== 'CONN' && command !== 'EHLO' && !command?.startsWith('AUTH');
      const isFinal = isAboutMail && responseCode !== undefined && responseCode >= 500;
      throw new NotDelivered(message, isFinal, { cause });
    }
  }
}
