import type { Response } from 'express';
import type { Problem } from '../problems/problem';
import { basePathOf, withBasePath } from './base-path';
import { sendJson } from './conditional';
import { jsonBytes } from './json-bytes';

/** An answer to a submission that is not sent yet. A copy of the request gets the same answer, even years later. */
export interface Rendered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: object;
}

/** A problem as an answer to a submission. */
export function renderedProblem(problem: Problem): Rendered {
  return {
    status: problem.status,
    headers: { ...problem.headers, 'Content-Type': 'application/problem+json; charset=utf-8' },
    body: problem.body(),
  };
}

export async function send(res: Response, { status, headers, body }: Rendered): Promise<void> {
  const basePath = basePathOf(res);
  const bytes = await jsonBytes(body, withBasePath(basePath));
  const { Location: location } = headers;
  sendJson(res, bytes, status, {
    ...headers,
    ...(location !== undefined && { Location: basePath + location }),
  });
}
