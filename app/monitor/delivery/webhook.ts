import { lookup } from 'node:dns';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { Webhook } from 'standardwebhooks';
import { NotDelivered } from './sending';

/** A receiver is to have answered by then, as Standard Webhooks recommends it: 15 to 30 s. */
const TIMEOUT_MS = 15_000;

const GONE = 410;

/** All of IPv6 that is given out to the public (RFC 4291, section 2.4). */
const GLOBAL_UNICAST = ipaddr.parseCIDR('2000::/3');

/** Posts messages signed as Standard Webhooks 1.0 has it (https://www.standardwebhooks.com/). */
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
   * Posts a message, the same under its name in every try. Any 2xx takes it; redirects are not followed.
   *
   * @throws NotDelivered, final where the receiver is gone (410)
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
          // What it says besides is nobody's business here.
          response.destroy();
          resolve(response.statusCode ?? 0);
        },
      );
      sent.on('error', reject);
      // Where the answer asks for another protocol (101) there is neither an answer nor an error.
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

/**
 * Resolves a name, and refuses it where any of its addresses is not a public one. The connection goes to the
 * address that was looked at, so a name cannot mean another by then.
 */
const lookupPublic: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, '', 0);
    try {
      for (const { address } of addresses) requirePublic(address);
    } catch (refused) {
      return callback(refused as Error, '', 0);
    }
    if (options.all) return callback(null, addresses);
    const [first] = addresses;
    callback(null, first?.address ?? '', first?.family ?? 0);
  });
};

/** @throws NotDelivered where an address is of a private network, of this machine, or of none at all */
function requirePublic(address: string): void {
  // `process` reads an IPv4 address that is mapped into IPv6 as what it is.
  const parsed = ipaddr.process(address);
  const range = parsed.range();
  if (range === 'unicast' && (parsed.kind() === 'ipv4' || parsed.match(GLOBAL_UNICAST))) return;
  throw new NotDelivered(
    `${address} is ${range === 'unicast' ? 'reserved' : range}, not public: WEBHOOK_ALLOW_PRIVATE=true allows it`,
    false,
  );
}
