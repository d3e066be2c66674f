import cluster, { type Worker } from 'node:cluster';
import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import { AggregatorRegistry, type Registry } from 'prom-client';
// This process aggregates, and so must know this aggregation by its name.
import './http/metrics/furthest';

/** The pause before a process that has ended by itself is started again, in case it fails at once. */
const RESTART_PAUSE_MS = 1_000;

/** One process asks the first process for the metrics of all. These are the question and the answer. */
interface MetricsQuestion {
  readonly ask: 'metrics';
  readonly question: number;
}
interface MetricsAnswer {
  /** Missing if one of the processes did not answer. */
  readonly metrics?: string;
  readonly question: number;
}

/** Whether this process is one of several that share a port (https://nodejs.org/docs/latest-v24.x/api/cluster.html). */
export function isWorker(): boolean {
  return cluster.isWorker;
}

/** The exit code of a process that cannot start, as no other could in its place (EX_CONFIG of sysexits.h). */
export const CANNOT_START = 78;

/**
 * Runs this program as several processes that share its port, until the signal. A process that ends by itself is started
 * again. If one cannot start at all, all of them end.
 *
 * @param killAfterMs how long a process may take to stop before it is killed
 * @returns whether all have ended without an error
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
      // A message to a process that is just ending does not arrive. That does no harm.
      worker.on('error', (error) => logger.warn({ err: error }, 'a process was not reached'));
      const stop = () => {
        worker.process.kill('SIGTERM');
        setTimeout(() => worker.process.kill('SIGKILL'), killAfterMs).unref();
      };
      ended.addEventListener('abort', stop);
      const { code, signal } = await ending(worker);
      ended.removeEventListener('abort', stop);
      // A process that does not listen for signals yet is ended by the signal itself.
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

/** How a process ended: its exit code, or the signal that ended it. */
function ending(worker: Worker): Promise<{ code: number | null; signal: string | null }> {
  return new Promise((resolve) => {
    worker.once('exit', (code, signal) => resolve({ code, signal }));
  });
}

/**
 * Shares the metrics of this process with the others.
 *
 * @returns reads the metrics of all processes; undefined if this process is the only one
 */
export function shareMetrics(registry: Registry): (() => Promise<string>) | undefined {
  const { worker } = cluster;
  if (!worker) return undefined;
  AggregatorRegistry.setRegistries(registry);
  // It answers the questions of the first process.
  new AggregatorRegistry();
  let questions = 0;
  return () => {
    questions += 1;
    const question: MetricsQuestion = { ask: 'metrics', question: questions };
    return new Promise((resolve) => {
      const hear = ({ question: answered, metrics }: MetricsAnswer) => {
        if (answered !== question.question) return;
        worker.off('message', hear);
        // One of them is stuck. This process's own metrics are better than none.
        resolve(metrics ?? registry.metrics());
      };
      worker.on('message', hear);
      worker.send(question);
    });
  };
}

/** Answers a process that asks for the metrics of all. */
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
