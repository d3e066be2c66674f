import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { resources } from '../app/http/app';
import { Metrics } from '../app/http/metrics/metrics';
import { openApiDocument } from '../app/http/openapi/document';
import type { Ledger } from '../app/ledger/ledger';
import { postmanCollection } from './collection';

/** Makes docs/inventory.postman_collection.json anew: `npm run postman`. */
async function main(): Promise<void> {
  // What is declared is all that is wanted of the resources, and nothing is asked of a ledger.
  const declared = resources(
    {} as Ledger,
    {
      allowedHosts: new Set<string>(),
      bodyLimitBytes: 0,
      batchLimitBytes: 0,
      importLimitBytes: 0,
      pageFolder: '',
    },
    new AbortController().signal,
    new Metrics(),
  );
  const file = path.resolve('docs', 'inventory.postman_collection.json');
  writeFileSync(file, await postmanCollection(openApiDocument(declared)));
  process.stdout.write(`${file}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error}\n`);
  process.exitCode = 1;
});
