import type { Metrics } from '../metrics/metrics';
import { operation, type Resource } from '../operation';

/** `/metrics`: the metrics of this process, and of the others on the same port, for Prometheus. */
export function metricsResource(metrics: Metrics): Resource[] {
  return [
    {
      path: '/metrics',
      operations: {
        get: operation({
          need: { all: ['metrics:read'] },
          summary: 'Metrics for Prometheus',
          description:
            'Requests, queue, commits, catch-ups, records, and the result of the last verify, in the text format of Prometheus.',
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
