import type { Metrics } from '../metrics/process-metrics';
import { operation, type Resource } from '../operation';

/** `/metrics`: what this process, and those beside it on the same port, measure of themselves, for Prometheus. */
export function metricsResource(metrics: Metrics): Resource[] {
  return [
    {
      path: '/metrics',
      operations: {
        get: operation({
          summary: 'What this process measures of itself, for Prometheus',
          description:
            'Requests, queue, commits, catch-ups, records and what the command verify last found, in the text format of Prometheus.',
          answers: {
            200: { description: 'Metrics.', type: 'text/plain', example: EXAMPLE },
          },
          handle: async ({ res }) => {
            const text = await metrics.text();
            res.set('Content-Type', metrics.registry.contentType).set('Cache-Control', 'no-store');
            res.send(text);
          },
        }),
      },
    },
  ];
}

const EXAMPLE = '# TYPE inventory_queue_length gauge\ninventory_queue_length 0\n';
