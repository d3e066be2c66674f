import type { Express, Request, RequestHandler, Response } from 'express';
import type { z } from 'zod';
import type { ProblemType } from '../wire/problem';
import type { Gate } from './access/gate';
import type { Need } from './access/need';
import type { AnswerDoc } from './answers/answer-docs';
import { validated } from './fields/validated';
import { Problem } from './problems/problem';

/** A request after its operation's schemas have read it. */
interface Call<P, Q, B> {
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  readonly req: Request;
  readonly res: Response;
}

/** What one method of one path takes, does and answers. The documentation is made from it. */
export interface Operation {
  /** What a caller needs to be let in. */
  readonly need: Need;
  readonly summary: string;
  readonly description?: string;
  readonly params: z.ZodObject | undefined;
  readonly query: z.ZodObject | undefined;
  /** The fields of the body, if it has one. */
  readonly body: z.ZodType | undefined;
  /** The media types of the body. */
  readonly consumes: readonly string[];
  /** An example of the body. */
  readonly example: unknown;
  /** The request headers that it reads. */
  readonly headers: readonly string[];
  readonly answers: Readonly<Record<number, AnswerDoc>>;
  /** The problems it may answer with, besides those of every operation. */
  readonly problems: readonly ProblemType[];
  /** They read the body into `req.body`. */
  readonly before: readonly RequestHandler[];
  readonly handler: RequestHandler;
}

/** The description of an operation. Members that are left out are empty. */
export interface OperationDescription<P extends z.ZodObject, Q extends z.ZodObject, B> {
  readonly need: Need;
  readonly summary: string;
  readonly description?: string;
  readonly params?: P;
  readonly query?: Q;
  readonly body?: z.ZodType;
  /** Reads the body; a promise if that takes long. @throws Problem */
  readonly read?: (body: unknown) => B | Promise<B>;
  readonly consumes?: readonly string[];
  readonly example?: unknown;
  readonly headers?: readonly string[];
  readonly answers: Readonly<Record<number, AnswerDoc>>;
  readonly problems?: readonly ProblemType[];
  /** Reads the body into `req.body`, before the schema does. */
  readonly before?: readonly RequestHandler[];
  handle(call: Call<z.output<P>, z.output<Q>, B>): Promise<void> | void;
}

/** An operation, from its description. */
export function operation<P extends z.ZodObject, Q extends z.ZodObject, B>(
  description: OperationDescription<P, Q, B>,
): Operation {
  const { params, query, body, read, before = [], handle } = description;
  const handler: RequestHandler = (req, res) => {
    const call = {
      params: (params ? validated(params, req.params) : {}) as z.output<P>,
      query: (query ? validated(query, req.query) : {}) as z.output<Q>,
      req,
      res,
    };
    const body = read?.(req.body) as B | Promise<B>;
    return body instanceof Promise
      ? body.then((read) => handle({ ...call, body: read }))
      : handle({ ...call, body });
  };
  return {
    consumes: [],
    headers: [],
    problems: [],
    example: undefined,
    ...description,
    params,
    query,
    body,
    before,
    handler,
  };
}

/** The methods that paths can have. */
export const METHODS = ['get', 'put', 'post', 'patch', 'delete'] as const;
export type Method = (typeof METHODS)[number];

/** The operations of one path, such as `/inventory/{productID}`, by method. */
export interface Resource {
  readonly path: string;
  readonly operations: Readonly<Partial<Record<Method, Operation>>>;
}

/** Serves resources to those whom the gate lets in: their methods, OPTIONS, and 405 with `Allow` for every other (RFC 9110, section 15.5.6). */
export function serve(app: Express, resources: readonly Resource[], gate?: Gate): void {
  for (const { path, operations } of resources) {
    const route = app.route(path.replaceAll(/\{(\w+)\}/g, ':$1'));
    const methods = METHODS.filter((method) => operations[method]);
    for (const method of methods) {
      const { need, before, handler } = operations[method] as Operation;
      const first = gate ? [gate.letIn(need)] : [];
      const again = gate && before.length > 0 ? [gate.letInAgain(need)] : [];
      route[method](...first, ...before, ...again, handler);
    }
    const allow = [
      ...methods.flatMap((method) => (method === 'get' ? ['GET', 'HEAD'] : method.toUpperCase())),
      'OPTIONS',
    ].join(', ');
    route.options((_req, res) => {
      res.set('Allow', allow).status(204).end();
    });
    route.all((req) => {
      throw new Problem(
        'method-not-allowed',
        `${req.method} is not allowed here: use one of ${allow}.`,
        {},
        { Allow: allow },
      );
    });
  }
}
