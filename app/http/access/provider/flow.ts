import { hkdfSync } from 'node:crypto';
import { z } from 'zod';

/** How long somebody may take at the provider. */
export const FLOW_MS = 600_000;

/** A sign-in that has begun: what waits in the browser until it is back. */
const flow = z.strictObject({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  /** To use this invitation up; undefined for a sign-in with an identity that was added. */
  invitationHash: z.string().optional(),
  /** To add the identity to the person of this session. */
  sessionID: z.int().optional(),
  /** The name of the device, for the session. */
  device: z.string(),
});

export type Flow = z.infer<typeof flow>;

/**
 * Seals what waits in the browser. Every process with the same settings can open it, and nobody else can read, change or make
 * it: it says to whom an identity is added. So no process has to remember who has begun.
 */
export class FlowSeal {
  readonly #key: Uint8Array;

  /** @param secret one that all processes have and nobody else, such as OIDC_CLIENT_SECRET */
  constructor(secret: string) {
    this.#key = new Uint8Array(hkdfSync('sha256', secret, '', 'inventory sign-in flow', 32));
  }

  /** An encrypted token (RFC 7516) that expires. */
  async seal(begun: Flow): Promise<string> {
    const { EncryptJWT } = await import('jose');
    return new EncryptJWT({ flow: begun })
      .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
      .setExpirationTime(new Date(Date.now() + FLOW_MS))
      .encrypt(this.#key);
  }

  /** @returns undefined if it was not sealed here, or has expired */
  async open(sealed: string): Promise<Flow | undefined> {
    const { jwtDecrypt } = await import('jose');
    try {
      const { payload } = await jwtDecrypt(sealed, this.#key, {
        keyManagementAlgorithms: ['dir'],
        contentEncryptionAlgorithms: ['A256GCM'],
        requiredClaims: ['exp'],
      });
      return flow.safeParse(payload.flow).data;
    } catch {
      return undefined;
    }
  }
}
