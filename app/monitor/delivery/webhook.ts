import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { lookupPublic, requirePublic } from './public-address';
import { NotDelivered } from './sending';

/** A receiver must answer by then. Standard Webhooks recommends 15 to 30 s. */
const TIMEOUT_MS = 15_000;

const GONE = 410;

/** Posts messages signed by Standard Webhooks 1.0 (https://www.standardwebhooks.com/). */
export class WebhookSender {
  readonly #webhook: Webhook;
  readonly #allowPrivate: boolean;
  readonly #timeoutMs: number;

  constructor(secret: string, allowPrivate: boolean, timeoutMs = TIMEOUT_MS) {
    this.#webhook = new Webhook(secret);
    this.#allowPrivate = allowPrivate;
    this.#timeoutMs = timeoutMs;
  }

  /**
   * Posts a message. It is the same under its name in every try. Any 2xx means that it was received. Redirects are not followed.
   *
   * @throws NotDelivered, final if the receiver is gone (410)
   */
  async send(target: string, messageID: string, sentAt: Date, payload: object): Promise<void> {
    const url = new URL(target);
    const host = url.hostname.replace(/^\[|\]$/g, '');
    if (!this.#allowPrivate && isIP(host) !== 0) requirePublic(host);
    const body = JSON.stringify(payload);
    const headers = {
      'Content-Type': 'application/json',
      'Content-Length': Buffer.byteLength(body),
      'User-Agent': 'inventory-monitor',
      'webhook-id': messageID,
      'webhook-timestamp': String(Math.floor(sentAt.getTime() / 1_000)),
      'webhook-signature': this.#webhook.sign(messageID, sentAt, body),
    };
    const signal = AbortSignal.timeout(this.#timeoutMs);
    const request = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const status = await new Promise<number>((resolve, reject) => {
      const sent = request(
        url,
        {
          method: 'POST',
          headers,
          signal,
          agent: false,
          ...(!this.#allowPrivate && { lookup: lookupPublic }),
        },
        (response: IncomingMessage) => {
          // The content of the answer is not needed.
          response.destroy();
          resolve(response.statusCode ?? 0);
        },
      );
      sent.on('error', reject);
      // If the answer asks for another protocol (101), there is neither an answer nor an error.
      sent.on('close', () => reject(new Error('the connection was closed')));
      sent.end(body);
    }).catch((cause) => {
      if (cause instanceof NotDelivered) throw cause;
      const said = signal.aborted ? `no answer within ${this.#timeoutMs} ms` : cause.message;
      throw new NotDelivered(said, false, { cause });
    });
    if (status < 200 || status > 299) {
      throw new NotDelivered(`the receiver answered ${status}`, status === GONE);
    }
  }
}
