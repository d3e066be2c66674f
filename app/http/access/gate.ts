import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express';
import type { Access } from '../../ledger/access/access';
import type { AccessCommand } from '../../ledger/access/access-command';
import { type AccessEntry, isValid } from '../../ledger/access/access-entry';
import { REFUSAL_NOTED_MS, USE_NOTED_MS } from '../../ledger/access/decide-access';
import { rightsOf } from '../../ledger/access/rights';
import type { Ledger } from '../../ledger/ledger';
import { StoreUnavailable, StoreUnusable } from '../../ledger/store-failure';
import { actorNamed } from '../../wire/actor';
import { Problem } from '../problems/problem';
import { hashOf, isApiKey, isSameHash } from './api-key';
import { type Caller, callerOf, MONITOR, NOBODY, setCaller, setStillLetIn } from './caller';
import type { Holders } from './holders';
import { SESSION_IDLE_MS, SESSION_MS } from './lifetimes';
import { missingScope } from './missing-scope';
import { isLetIn, type Need } from './need';
import { Rates } from './rates';
import type { SessionCookie } from './session-cookie';

/** Who is asked to say who they are: nobody, or everybody. */
export type AccessMode = 'open' | 'keys';

/** Characters of the column. */
const REFUSED_FOR_MAX = 64;

/**
 * Refusals of one key or session that are noted within an hour: more than there are operations with different scopes. A caller who
 * makes keys could ask for one set of scopes after another, and the journal is kept for good.
 */
const REFUSALS_MAX = 20;

/** RFC 6750, section 3. */
const CHALLENGE = { 'WWW-Authenticate': 'Bearer realm="inventory"' };

/** By what a request says who makes it. */
interface Shown {
  readonly kind: 'key' | 'session';
  /** Of its secret. */
  readonly hash: string;
}

/** Lets callers in by what they may do. */
export class Gate {
  readonly #ledger: Ledger;
  readonly #mode: AccessMode;
  readonly #holders: Holders;
  readonly #cookie: SessionCookie;
  readonly #monitorHash: string | undefined;
  readonly #rates = new Rates();
  readonly #shown = new WeakMap<Request, Shown>();
  /** What is being noted. */
  readonly #noting = new Set<string>();
  /** When each refusal of a key or a session was last noted, by `performance.now()`. */
  readonly #refusedAt = new Map<number, Map<string, number>>();

  /** @param monitorKey the key of the monitor; undefined if it has none */
  constructor(
    ledger: Ledger,
    mode: AccessMode,
    cookie: SessionCookie,
    holders: Holders,
    monitorKey?: string,
  ) {
    this.#holders = holders;
    this.#monitorHash = monitorKey === undefined ? undefined : hashOf(monitorKey);
    this.#cookie = cookie;
    this.#ledger = ledger;
    this.#mode = mode;
  }

  /** Lets those in who may call an operation. The others get 401 `sign-in-required` or 403 `missing-scope`. */
  letIn(need: Need): RequestHandler {
    if (this.#mode === 'open') return (_req, _res, next) => next();
    return async (req, res, next) => {
      const caller = await this.#callerFor(need, req);
      if (caller) {
        this.#rates.take(res, caller);
        setCaller(res, caller);
      } else if (!need.isPublic) throw signInRequired(req);
      else {
        setCaller(res, NOBODY);
        return next();
      }
      setStillLetIn(res, async () => {
        const now = await this.#caller(req);
        return now !== undefined && isLetIn(need, now.rights.scopes);
      });
      requireScopes(res, need);
      next();
    };
  }

  /**
   * Lets those in whose body has arrived, if they still may call the operation: a body can take minutes, in which a key, a person
   * or a role may be taken away.
   */
  letInAgain(need: Need): RequestHandler {
    if (this.#mode === 'open') return (_req, _res, next) => next();
    return async (req, res, next) => {
      if (callerOf(res) !== NOBODY) {
        const caller = await this.#callerFor(need, req);
        if (!caller && !need.isPublic) throw signInRequired(req);
        setCaller(res, caller ?? NOBODY);
        requireScopes(res, need);
      }
      next();
    };
  }

  /** Notes who was refused for a scope that they lack, whichever handler refused them. */
  noteRefusals(): ErrorRequestHandler {
    return (error, _req, res, next) => {
      const { subjectID } = callerOf(res);
      if (subjectID !== undefined && error instanceof Problem && error.type === 'missing-scope') {
        this.#noteRefusal(subjectID, refusedFor(error));
      }
      next(error);
    };
  }

  /** Who calls an operation; undefined for somebody unknown. @throws Problem `rate-limited`; StoreUnavailable */
  async #callerFor(need: Need, req: Request): Promise<Caller | undefined> {
    if (!need.isPublic) return this.#caller(req);
    try {
      return await this.#caller(req);
    } catch (error) {
      // The page, probes and signing in also work with a cookie that cannot be looked up.
      if (error instanceof Problem || isOfStore(error)) return undefined;
      throw error;
    }
  }

  async #caller(req: Request): Promise<Caller | undefined> {
    if (this.#isMonitor(req)) return MONITOR;
    const shown = this.#shownBy(req);
    if (shown === undefined) return undefined;
    const { access, holder } = await this.#holders.find(req, shown.hash);
    // A key in a cookie is none: other programs of this machine can set cookies for it.
    if (holder?.kind !== shown.kind) return undefined;
    const now = new Date();
    const caller = isValid(holder, now) ? callerWith(access, holder, now) : undefined;
    if (!caller) {
      this.#noteRefusal(holder.subjectID, holder.state === 'ended' ? 'ended' : 'expired');
      return undefined;
    }
    this.#noteUse(holder, now);
    return caller;
  }

  #isMonitor(req: Request): boolean {
    if (this.#monitorHash === undefined) return false;
    const key = bearerOf(req);
    return key !== undefined && isSameHash(hashOf(key), this.#monitorHash);
  }

  /** The same, read once for each request: it is looked up again when the body has arrived. */
  #shownBy(req: Request): Shown | undefined {
    const before = this.#shown.get(req);
    if (before) return before;
    const shown = this.#read(req);
    if (shown) this.#shown.set(req, shown);
    return shown;
  }

  /** The key of a program, or else the secret of a session. */
  #read(req: Request): Shown | undefined {
    if (req.headers.authorization === undefined) {
      const secret = this.#cookie.secretOf(req);
      return secret === undefined ? undefined : { kind: 'session', hash: hashOf(secret) };
    }
    const key = bearerOf(req);
    return key !== undefined && isApiKey(key) ? { kind: 'key', hash: hashOf(key) } : undefined;
  }

  /** Notes once a day that it is used, and lengthens a session. Nobody waits for that, and the next use notes it otherwise. */
  #noteUse({ subjectID, kind, madeAt, usedAt }: AccessEntry, now: Date): void {
    if (usedAt && now.getTime() - usedAt.getTime() < USE_NOTED_MS) return;
    const end = Math.min(now.getTime() + SESSION_IDLE_MS, madeAt.getTime() + SESSION_MS);
    const expiresAt = kind === 'session' ? new Date(end) : undefined;
    this.#note(`${subjectID} is used`, { kind: 'use', subjectID, expiresAt });
  }

  #noteRefusal(subjectID: number, refusedFor: string): void {
    const now = performance.now();
    const noted = this.#refusedAt.get(subjectID) ?? new Map<string, number>();
    this.#refusedAt.set(subjectID, noted);
    for (const [what, at] of noted) if (now - at >= REFUSAL_NOTED_MS) noted.delete(what);
    if (noted.has(refusedFor) || noted.size >= REFUSALS_MAX) return;
    noted.set(refusedFor, now);
    this.#note(`${subjectID} ${refusedFor}`, { kind: 'refuse', subjectID, refusedFor });
  }

  /** Appends to the journal, unless the same is being appended. */
  #note(what: string, command: AccessCommand): void {
    if (this.#noting.has(what)) return;
    this.#noting.add(what);
    const done = () => this.#noting.delete(what);
    this.#ledger.submit({ kind: 'access', command }).then(done, done);
  }
}

/** @throws Problem `missing-scope` if the caller lacks a scope that an operation needs */
function requireScopes(res: Response, need: Need): void {
  if (!isLetIn(need, callerOf(res).rights.scopes)) {
    throw missingScope(res, need.all ?? need.any ?? []);
  }
}

/** What a caller lacked, as far as the journal has room for it. */
function refusedFor({ members }: Problem): string {
  const { scopes } = members as { readonly scopes?: readonly string[] };
  return (scopes?.join(' ') ?? 'location').slice(0, REFUSED_FOR_MAX);
}

function isOfStore(error: unknown): boolean {
  return error instanceof StoreUnavailable || error instanceof StoreUnusable;
}

function callerWith(access: Access, subject: AccessEntry, now: Date): Caller | undefined {
  const { subjectID, personID } = subject;
  const holder = personID === null ? subject : access.get(personID);
  if (!holder || holder.state === 'ended') return undefined;
  const { name, role } = holder;
  const actor = actorNamed(personID === null ? 'key' : 'person', name);
  const rights = rightsOf(access, subject, now);
  const ofPerson = personID === null ? {} : { personID };
  return { actor, subjectID, ...ofPerson, role, rights, rateLimit: subject.rateLimit };
}

/** The token of `Authorization: Bearer` (RFC 6750, section 2.1). */
function bearerOf(req: Request): string | undefined {
  return /^Bearer +([\w.~+/=-]+) *$/i.exec(req.get('Authorization') ?? '')?.[1];
}

function signInRequired(req: Request): Problem {
  const given = req.get('Authorization') !== undefined;
  return new Problem(
    'sign-in-required',
    given
      ? 'The key is unknown, revoked or expired. Nothing was changed. Ask an owner for another one.'
      : 'This service asks who you are. Send a key, as Authorization: Bearer inv_…, or sign in on the page.',
    {},
    CHALLENGE,
  );
}
