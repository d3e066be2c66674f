import type { Express } from 'express';

/** Listens where it was told to, and says that it is there. */
export function listen(app: Express): void {
  app.get('/ready', (_req, res) => {
    res.end();
  });
  app.listen(Number(process.env.PORT), process.env.HOST as string);
}
