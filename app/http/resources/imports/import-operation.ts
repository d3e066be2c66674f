import type { RequestHandler } from 'express';
import type { z } from 'zod';
import type { Ledger } from '../../../ledger/ledger';
import type { RequestName } from '../../../ledger/request';
import type { KeyedSubmission } from '../../../ledger/submission';
import { IDEMPOTENCY_KEY_HEADER } from '../../../wire/headers';
import { imported } from '../../../wire/imports';
import type { Need } from '../../access/need';
import { sendJson } from '../../answers/conditional';
import { jsonBytes } from '../../answers/json-bytes';
import type { KeyedResource } from '../../answers/submission-answers';
import { KEY_PROBLEMS, requestName, submit, WRITE_PROBLEMS } from '../../answers/submit';
import { type Operation, operation } from '../../operation';
import { invalidRequest } from '../../problems/problem';
import { type countsQuery, importBody, type productsQuery } from './import-fields';
import type { Plan } from './plan';
import { faultyFile, plannedFile, refuseMoved, unconfirmed } from './planned-file';
import type { ReadTable } from './table';
import type { Upload } from './upload';

const MEDIA_TYPE = 'multipart/form-data';

/** How the import of one kind of file is described. */
export interface ImportDescription<Q, L, C> {
  readonly need: Need;
  readonly summary: string;
  readonly description: string;
  /** A file. */
  readonly example: string;
  /** What a dry run answers. */
  readonly dryRun: z.ZodType;
  readonly before: readonly RequestHandler[];
  /** What the lines would change in the ledger as it is. */
  plan(lines: readonly L[], query: Q): Promise<Plan<C, unknown> & { readonly asOf: string }>;
  submission(commands: readonly C[], query: Q, request: RequestName | undefined): KeyedSubmission;
}

/** The operation that reads a file, plans it, and records it unless it is a dry run. */
export function importOperation<Q extends typeof productsQuery | typeof countsQuery, L, C>(
  ledger: Ledger,
  resource: KeyedResource,
  query: Q,
  { example, plan, submission, dryRun, ...described }: ImportDescription<z.output<Q>, L, C>,
): Operation {
  return operation({
    ...described,
    query,
    consumes: [MEDIA_TYPE],
    body: importBody,
    example: { file: example },
    read: (body) => body as Upload<ReadTable<L>> | undefined,
    headers: [IDEMPOTENCY_KEY_HEADER],
    answers: {
      200: { description: 'With dryRun=true: what the file would change.', schema: dryRun },
      201: { description: 'Recorded.', schema: imported },
    },
    problems: [
      'faulty-file',
      'not-in-ledger',
      'unconfirmed-warnings',
      'batch-refused',
      ...KEY_PROBLEMS,
      ...WRITE_PROBLEMS,
    ],
    handle: async ({ query: asked, body: upload, req, res }) => {
      if (!upload) throw invalidRequest([{ field: 'file', detail: 'is required' }]);
      const { content, sha256 } = upload;
      const isDry = asked.dryRun === 'true';
      const request = isDry ? undefined : requestName(req, resource, asksFor(sha256, asked));
      if (request && (await ledger.ask.request(request.key))) {
        // It has run or was cancelled, so there is nothing to plan.
        return submit(res, ledger, resource, submission([], asked, request));
      }
      const planned = await plannedFile(content, sha256, (lines) => plan(lines, asked));
      if (isDry) {
        const { commands, stale, ...answer } = planned;
        return sendJson(res, await jsonBytes(answer));
      }
      if (planned.faults.length > 0) throw faultyFile(planned);
      if (planned.confirm !== null && planned.confirm !== asked.confirm) throw unconfirmed(planned);
      refuseMoved(planned, 'moved' in asked && asked.moved === 'skip');
      await submit(res, ledger, resource, submission(planned.commands, asked, request));
    },
  });
}

/** All that a request asks for: two requests with the same are the same. */
function asksFor(sha256: string, { dryRun, ...choices }: Record<string, unknown>): unknown {
  // The file alone, as stored requests of earlier versions have it.
  return Object.keys(choices).length === 0 ? sha256 : [sha256, choices];
}
