import type { Express } from 'express';

/** Listens on HOST and PORT, and answers when it is ready. */
export function listen(app: Express): void {
  app.get('/ready', (_req, res) => {
    res.end();
  });
  app.listen(Number(process.env.PORT), process.env.HOST as string);
}
