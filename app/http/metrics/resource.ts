import { operation, type Resource } from '../operation';
import type { Metrics } from './metrics';

/** `/metrics`: what this process measures of itself, for Prometheus. */
export function metricsResource({ registry }: Metrics): Resource[] {
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
            const metrics = await registry.metrics();
            res.set('Content-Type', registry.contentType).set('Cache-Control', 'no-store');
            res.send(metrics);
          },
        }),
      },
    },
  ];
}

const EXAMPLE = '# TYPE inventory_queue_length gauge\ninventory_queue_length 0\n';
