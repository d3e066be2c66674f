import cluster, { type Worker } from 'node:cluster';
import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import { AggregatorRegistry, type Registry } from 'prom-client';

/** How long a place stays empty after its process has ended by itself, lest a faulty one is started without end. */
const RESTART_PAUSE_MS = 1_000;

/** The processes are asked for what they measured by one of them, whose question and answer these are. */
interface MetricsQuestion {
  readonly ask: 'metrics';
  readonly question: number;
}
interface MetricsAnswer {
  readonly metrics?: string;
  readonly error?: string;
  readonly question: number;
}

/** Whether this process is one of several that share a port (https://nodejs.org/docs/latest-v24.x/api/cluster.html). */
export function isWorker(): boolean {
  return cluster.isWorker;
}

/**
 * Runs this program as several processes that share its port, until the signal. One that ends by itself is
 * started again; but where one has given up before it could listen, so would the next, and all end.
 *
 * @returns whether all have ended well
 */
export async function runWorkers(
  count: number,
  logger: Logger,
  stopping: AbortSignal,
): Promise<boolean> {
  answerMetrics();
  const listening = new WeakSet<Worker>();
  cluster.on('listening', (worker) => listening.add(worker));
  const failed = new AbortController();
  const ended = AbortSignal.any([stopping, failed.signal]);
  const run = async (): Promise<boolean> => {
    for (;;) {
      const worker = cluster.fork();
      const stop = () => worker.process.kill('SIGTERM');
      ended.addEventListener('abort', stop);
      const { code, signal } = await ending(worker);
      ended.removeEventListener('abort', stop);
      // One that has not begun ends by the signal itself.
      if (ended.aborted) return code === 0 || signal === 'SIGTERM';
      if (!listening.has(worker) && signal === null) {
        failed.abort();
        return false;
      }
      logger.error({ code, signal }, 'A PROCESS OF THE SERVICE HAS ENDED: starting another');
      await pause(RESTART_PAUSE_MS, undefined, { signal: ended }).catch(() => {});
      if (ended.aborted) return true;
    }
  };
  const outcomes = await Promise.all(Array.from({ length: count }, run));
  return outcomes.every((isWell) => isWell);
}

/** How a process ended: by its own code, or by a signal. */
function ending(worker: Worker): Promise<{ code: number | null; signal: string | null }> {
  return new Promise((resolve) => {
    worker.once('exit', (code, signal) => resolve({ code, signal }));
  });
}

/**
 * Has what this process measures told with that of the others.
 *
 * @returns what tells of all of them; undefined where this process is the only one
 */
export function shareMetrics(registry: Registry): (() => Promise<string>) | undefined {
  const { worker } = cluster;
  if (!worker) return undefined;
  AggregatorRegistry.setRegistries(registry);
  // It answers the first process whenever that asks.
  new AggregatorRegistry();
  let questions = 0;
  return () => {
    questions += 1;
    const question: MetricsQuestion = { ask: 'metrics', question: questions };
    return new Promise((resolve, reject) => {
      const hear = ({ question: answered, metrics, error }: MetricsAnswer) => {
        if (answered !== question.question) return;
        worker.off('message', hear);
        if (metrics === undefined) reject(new Error(error));
        else resolve(metrics);
      };
      worker.on('message', hear);
      worker.send(question);
    });
  };
}

/** Answers a process that asks what all of them have measured. */
function answerMetrics(): void {
  const registry = new AggregatorRegistry();
  cluster.on('message', (worker, { ask, question }: Partial<MetricsQuestion>) => {
    if (ask !== 'metrics') return;
    registry.clusterMetrics().then(
      (metrics) => worker.send({ question, metrics }),
      ({ message }: Error) => worker.send({ question, error: message }),
    );
  });
}
