import type { Express } from 'express';
import type { Ledger } from '../ledger/ledger';
import { resource } from './resource';

/** `/healthz`: the process lives. `/readyz`: it can answer, its store in reach and its stock loaded. */
export function health(app: Express, ledger: Ledger): void {
  resource(app, '/healthz', {
    get: (_req, res) => {
      res.json({ status: 'alive' });
    },
  });
  resource(app, '/readyz', {
    get: async (_req, res) => {
      const stock = await ledger.stock();
      res.json({ status: 'ready', record: stock.last?.record ?? 0 });
    },
  });
}
