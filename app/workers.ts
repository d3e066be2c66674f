import cluster, { type Worker } from 'node:cluster';
import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import { AggregatorRegistry, type Registry } from 'prom-client';
// This process aggregates, and so must know the name.
import './http/metrics/furthest';

/** How long a place stays empty after its process has ended by itself: a faulty one is not to be started without a pause. */
const RESTART_PAUSE_MS = 1_000;

/** The processes are asked for what they measured by one of them, whose question and answer these are. */
interface MetricsQuestion {
  readonly ask: 'metrics';
  readonly question: number;
}
interface MetricsAnswer {
  /** Not there where one of the processes did not tell. */
  readonly metrics?: string;
  readonly question: number;
}

/** Whether this process is one of several that share a port (https://nodejs.org/docs/latest-v24.x/api/cluster.html). */
export function isWorker(): boolean {
  return cluster.isWorker;
}

/** The exit code of one that cannot start, nor could another in its place (EX_CONFIG of sysexits.h). */
export const CANNOT_START = 78;

/**
 * Runs this program as several processes that share its port, until the signal. One that ends by itself is
 * started again, unless it cannot start at all: then all end.
 *
 * @param killAfterMs how long one may take to end when it is asked to
 * @returns whether all have ended well
 */
export async function runWorkers(
  count: number,
  logger: Logger,
  stopping: AbortSignal,
  killAfterMs: number,
): Promise<boolean> {
  answerMetrics(logger);
  const failed = new AbortController();
  const ended = AbortSignal.any([stopping, failed.signal]);
  const run = async (): Promise<boolean> => {
    for (;;) {
      const worker = cluster.fork();
      // What is told to one that is just ending does not arrive, and does no harm.
      worker.on('error', (error) => logger.warn({ err: error }, 'a process was not reached'));
      const stop = () => {
        worker.process.kill('SIGTERM');
        setTimeout(() => worker.process.kill('SIGKILL'), killAfterMs).unref();
      };
      ended.addEventListener('abort', stop);
      const { code, signal } = await ending(worker);
      ended.removeEventListener('abort', stop);
      // One that has not begun ends by the signal itself.
      if (ended.aborted) return code === 0 || signal === 'SIGTERM' || signal === 'SIGINT';
      if (code === CANNOT_START) {
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
    return new Promise((resolve) => {
      const hear = ({ question: answered, metrics }: MetricsAnswer) => {
        if (answered !== question.question) return;
        worker.off('message', hear);
        // One of them is stuck: its own are better than none.
        resolve(metrics ?? registry.metrics());
      };
      worker.on('message', hear);
      worker.send(question);
    });
  };
}

/** Answers a process that asks what all of them have measured. */
function answerMetrics(logger: Logger): void {
  const registry = new AggregatorRegistry();
  cluster.on('message', (worker, { ask, question }: Partial<MetricsQuestion>) => {
    if (ask !== 'metrics') return;
    registry.clusterMetrics().then(
      (metrics) => worker.send({ question, metrics }),
      (error: Error) => {
        logger.warn({ err: error }, 'not every process tells what it has measured');
        worker.send({ question });
      },
    );
  });
}
