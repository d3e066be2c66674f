import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Router } from 'express';
import { pino } from 'pino';
import { readConfig } from '../../app/config';
import { isLetIn, type Need } from '../../app/http/access/need';
import { resources, routed } from '../../app/http/app';
import { Metrics } from '../../app/http/metrics/metrics';
import { API_VERSION } from '../../app/http/openapi/document';
import type { OpenApiDocument } from '../../app/http/openapi/objects';
import { BEFORE_PATHS } from '../../app/http/openapi/problem-answers';
import { METHODS } from '../../app/http/operation';
import { SCOPE_NAMES } from '../../app/ledger/access/scope';
import type { Ledger } from '../../app/ledger/ledger';
import { createService } from '../../app/service';
import SERVED from '../../app/web/dev-proxy.json';
import { PROBLEMS, type ProblemType } from '../../app/wire/problem';
import { type LedgerPlace, sqlitePlace } from '../stores';
import { Documentation, documentOf, examplePath, operationsOf } from './documented';
import { type Listening, listen } from './service';

const VALIDATOR = path.join(
  ...[__dirname, '..', '..', 'node_modules', '@seriousme', 'openapi-schema-validator'],
  ...['bin', 'validate-api-cli.js'],
);

const LIMITS = {
  allowedHosts: new Set(['localhost']),
  bodyLimitBytes: 10_000,
  batchLimitBytes: 10_000,
  importLimitBytes: 10_000,
  pageFolder: path.join(__dirname, 'page'),
};

describe('the documentation', () => {
  let place: LedgerPlace;
  let service: ReturnType<typeof createService>;
  let listening: Listening;
  let document: OpenApiDocument;
  beforeAll(async () => {
    place = await sqlitePlace();
    service = createService(readConfig(place.environment), pino({ level: 'silent' }));
    listening = await listen(service.app);
    document = await documentOf(listening);
  });
  afterAll(async () => {
    await listening.close();
    await service.close();
    await place.remove();
  });

  test('has the paths that the page in development passes on', () => {
    const first = Object.keys(document.paths).map((each) => each.split('/')[1] as string);
    const resources = new Set(first.map((segment) => segment.replace(/\.csv$/, '')));
    // The page's own: itself, and its files.
    for (const own of ['', 'assets']) resources.delete(own);
    expect([...resources].sort()).toEqual(SERVED);
  });

  test('is valid OpenAPI 3.1', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'inventory-openapi-'));
    const file = path.join(folder, 'openapi.json');
    writeFileSync(file, JSON.stringify(document));
    // A module that jest cannot load: it is ESM only.
    const report = execFileSync(process.execPath, [VALIDATOR, file], { encoding: 'utf8' });
    rmSync(folder, { recursive: true });
    expect(JSON.parse(report)).toEqual({ valid: true });
    expect(document.openapi).toMatch(/^3\.1\./);
  });

  test('has every route of the app, and no other', () => {
    const documented = operationsOf(document).map(({ method, path }) => `${method} ${path}`);
    const logger = pino({ level: 'silent' });
    const served = resources({} as Ledger, LIMITS, new AbortController().signal, new Metrics());
    expect(documented.sort()).toEqual(routesOf(routed(logger, served).router).sort());
    expect(documented).toContain('post /inventory');
  });

  test('says of each operation whether it needs a key, and with which scopes', () => {
    const served = resources({} as Ledger, LIMITS, new AbortController().signal, new Metrics());
    const needs = new Map(
      served.flatMap(({ path: at, operations }) =>
        Object.entries(operations).map(([method, { need }]) => [`${method} ${at}`, need]),
      ),
    );
    for (const { method, path: at, operation } of operationsOf(document)) {
      const need = needs.get(`${method} ${at}`);
      for (const scopes of [[], ...SCOPE_NAMES.map((scope) => [scope]), SCOPE_NAMES]) {
        const isDocumented = operation.security.some(({ key = [] }) =>
          key.every((scope) => (scopes as readonly string[]).includes(scope)),
        );
        const isIn = isLetIn(need as Need, new Set(scopes));
        expect([method, at, scopes, need?.isPublic || isDocumented]).toEqual([
          method,
          at,
          scopes,
          isIn,
        ]);
      }
      expect(operation.security.length === 0).toBe(need?.isPublic ?? false);
    }
    expect(document.components.securitySchemes).toMatchObject({
      key: { type: 'http', scheme: 'bearer' },
    });
  });

  test('has every type of problem, each under its own status, and no other', () => {
    const documented = operationsOf(document).flatMap(({ operation }) =>
      Object.entries(operation.responses).flatMap(([status, { content }]) => {
        const { type } = (content?.['application/problem+json']?.schema.properties ?? {}) as {
          type?: { enum: string[] };
        };
        return (type?.enum ?? []).map((name) => `${status} ${name}`);
      }),
    );
    const named = (type: ProblemType) => `${PROBLEMS[type].status} /problems/${type}`;
    const there = (Object.keys(PROBLEMS) as ProblemType[]).map(named);
    expect([...new Set([...documented, ...BEFORE_PATHS.map(named)])].sort()).toEqual(there.sort());
    expect(BEFORE_PATHS).toContain('overloaded');
    for (const type of BEFORE_PATHS) {
      expect(document.info.description).toContain(`\`${type}\``);
    }
  });

  test('gives each operation an operationId and a tag', () => {
    const operations = operationsOf(document).map(({ operation }) => operation);
    const ids = operations.map(({ operationId }) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toContain('getInventoryByProductIDRecords');
    for (const id of ids) expect(id).toMatch(/^[a-z][A-Za-z0-9]+$/);
    const tags = new Set(operations.flatMap((operation) => operation.tags));
    expect(document.tags.map(({ name }) => name)).toEqual([...tags]);
  });

  test('says what a field means, not that it is text', () => {
    const { properties } = document.components.schemas.PostInventoryBody ?? {};
    expect(properties).toMatchObject({
      productID: { type: 'integer', minimum: 1, maximum: 4_294_967_295 },
      availableQuantity: { type: 'integer', minimum: 0, maximum: 2_147_483_647 },
      reason: { enum: ['count', 'receipt', 'return', 'adjustment', 'waste'] },
    });
  });

  test('has the headers that an operation heeds', () => {
    const names = document.paths['/sales']?.post?.parameters.map(({ name }) => name);
    expect(names).toEqual(['Idempotency-Key', 'If-Match']);
    const streamed = document.paths['/records']?.get;
    expect(streamed?.parameters.map(({ name }) => name)).toContain('Last-Event-ID');
    expect(streamed?.responses[200]?.content).toHaveProperty(['text/event-stream']);
  });

  test('has examples of bodies and answers that are as it says itself', () => {
    const documentation = new Documentation(document);
    let examples = 0;
    const holdEach = (at: readonly string[], json: unknown) => {
      if (typeof json !== 'object' || json === null) return;
      const { schema, example, examples: named } = json as Record<string, unknown>;
      const values = Object.values(named ?? {}).map(({ value }) => value);
      for (const value of schema ? [example ?? [], values].flat() : []) {
        documentation.expectValid(at, value);
        examples += 1;
      }
      for (const [key, member] of Object.entries(json)) holdEach([...at, key], member);
    };
    holdEach(['paths'], document.paths);
    expect(examples).toBeGreaterThan(100);
  });

  test('is of the version of the package', () => {
    expect(API_VERSION).toBe(require('../../package.json').version);
    expect(document.info.version).toBe(API_VERSION);
  });

  test('has what every type of problem leads to', async () => {
    const { body: types } = await listening.ask.get('/problems');
    expect(types).toEqual(
      Object.entries(PROBLEMS).map(([type, problem]) => ({
        type: `/problems/${type}`,
        ...problem,
      })),
    );
    for (const described of types) {
      expect((await listening.ask.get(described.type)).body).toEqual(described);
    }
    expect((await listening.ask.get('/problems/none')).status).toBe(404);
  });

  test('is read at /docs, of which every part comes from the service', async () => {
    const page = await listening.ask.get('/docs');
    expect(page.status).toBe(200);
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(page.text).not.toMatch(/https?:|<script>|style=/);
    const parts = [...page.text.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, part]) => part);
    expect(parts).toHaveLength(5);
    const file = operationsOf(document).find((operation) => operation.path === '/docs/{file}');
    expect(parts).toContain(file && examplePath(file));
    for (const part of parts) expect((await listening.ask.get(String(part))).status).toBe(200);
    expect((await listening.ask.get('/docs/package.json')).status).toBe(404);
    expect((await listening.ask.get('/docs/..%2Fpackage.json')).status).toBe(404);
  });

  test('lets scripts come from the service alone, and styles be set only at /docs', async () => {
    const policyOf = async (at: string) =>
      (await listening.ask.get(at)).headers['content-security-policy'];
    const strict = await policyOf('/inventory');
    expect(strict).toContain("default-src 'self'");
    expect(strict).not.toMatch(/script-src|style-src|unsafe/);
    expect(await policyOf('/docs')).toBe(
      `${strict};style-src 'self' 'unsafe-inline';img-src 'self' data:`,
    );
    expect(await policyOf('/docs/initializer.js')).toBe(strict);
  });
});

/** What Express routes, as the documentation writes it. */
function routesOf({ stack }: Router): string[] {
  return stack.flatMap(({ route }) => {
    if (!route) return [];
    const { methods } = route as unknown as { methods: Record<string, boolean> };
    const documentable = Object.keys(methods).filter((name) => !['options', '_all'].includes(name));
    expect(METHODS).toEqual(expect.arrayContaining(documentable));
    return documentable.map((name) => `${name} ${route.path.replaceAll(/:(\w+)/g, '{$1}')}`);
  });
}
