import * as prometheus from 'prom-client';

/** Combines the values that several processes have of one metric. */
type Aggregate = (metrics: readonly object[]) => { values: readonly { value: number }[] };

/** The aggregators of prom-client, by name. Its types leave them out. */
const { aggregators } = prometheus as unknown as {
  aggregators: Record<string, Aggregate>;
};

/**
 * The name of an aggregator for values that may be below 0: it takes the value furthest from 0. With `max`, a process whose
 * clock is behind would be hidden by one whose clock is right. The process that aggregates must have loaded this file.
 */
export const FURTHEST = 'furthest' as prometheus.Aggregator;

aggregators[FURTHEST] = (metrics) => {
  const { max, min } = aggregators as Record<'max' | 'min', Aggregate>;
  const largest = max(metrics);
  // Both group by labels in the same order.
  const smallest = min(metrics).values;
  const values = largest.values.map((value, index) => {
    const other = smallest[index];
    return other && Math.abs(other.value) > Math.abs(value.value) ? other : value;
  });
  return { ...largest, values };
};
