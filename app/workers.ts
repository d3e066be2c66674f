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
 * started again; one that cannot even listen has a fault that the next would have, so that all end.
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
  let isWell = true;
  const occupy = async () => {
    while (!ended.aborted) {
      const worker = cluster.fork();
      const stop = () => worker.process.kill('SIGTERM');
      ended.addEventListener('abort', stop);
      const code = await new Promise<number | null>((resolve) => worker.once('exit', resolve));
      ended.removeEventListener('abort', stop);
      if (code !== 0) isWell = false;
      if (ended.aborted) return;
      if (!listening.has(worker)) return failed.abort();
      logger.error(
        { worker: worker.id, code },
        'A PROCESS OF THE SERVICE HAS ENDED: starting another',
      );
      isWell = true;
      await pause(RESTART_PAUSE_MS, undefined, { signal: ended }).catch(() => {});
    }
  };
  await Promise.all(Array.from({ length: count }, occupy));
  return isWell;
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
