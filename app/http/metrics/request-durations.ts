import type { Histogram, Registry } from 'prom-client';
import { histogram, SECONDS } from './instruments';

/** The label of paths that no route has: with their own names, clients could make labels without end. */
const NO_ROUTE = 'none';

/** Methods that are labels of their own: those that some route takes. */
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** The label of all other methods, and of a method that its path does not take: Node knows 34. */
const OTHER_METHOD = 'other';
const NOT_ALLOWED = 405;

type Label = 'method' | 'route' | 'status';

/** How long requests take, by method, route and status. */
export class RequestDurations {
  readonly #histogram: Histogram<Label>;
  /** Series by method, path and status: prom-client takes longer to find one than to count in it. */
  readonly #series = new Map<string, Histogram.Internal<Label>>();

  constructor(registry: Registry) {
    this.#histogram = histogram<Label>(
      registry,
      'http_request_duration_seconds',
      'From a request to the end of its answer; event streams are left out',
      SECONDS,
      ['method', 'route', 'status'],
    );
  }

  /** @param path of the route as Express has it, such as `/inventory/:productID`; undefined if no route answered */
  observe(sent: string, path: string | undefined, status: number, seconds: number): void {
    const isTaken = METHODS.has(sent) && status !== NOT_ALLOWED;
    const method = isTaken ? sent : OTHER_METHOD;
    const name = `${method} ${path} ${status}`;
    let series = this.#series.get(name);
    if (!series) {
      series = this.#histogram.labels(method, routeOf(path), String(status));
      this.#series.set(name, series);
    }
    series.observe(seconds);
  }
}

/** The path of a route as the documentation writes it: `/inventory/{productID}`. */
function routeOf(path: string | undefined): string {
  return path?.replaceAll(/:(\w+)/g, '{$1}') ?? NO_ROUTE;
}
