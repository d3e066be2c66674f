import type { Logger } from 'pino';
import { Api } from './api';
import { type Clock, systemClock } from './clock';
import { Deliverer } from './delivery/deliverer';
import type { MonitorSettings } from './settings';
import { Watcher } from './watch';

/** A monitor: it watches the service, and delivers what comes of that, side by side. */
export interface Monitor {
  /** Runs until the signal, and ends what it has begun. Never throws. */
  run(signal: AbortSignal): Promise<void>;
}

export function createMonitor(
  settings: MonitorSettings,
  logger: Logger,
  clock: Clock = systemClock,
): Monitor {
  const api = new Api(settings.apiUrl, settings.instanceID, settings.linkSecret);
  const watcher = new Watcher({
    api,
    settings,
    logger,
    clock,
    onAlerts: () => deliverer.wake(),
  });
  const deliverer = new Deliverer({ api, settings, logger, clock, shop: () => watcher.shop });
  return {
    run: async (signal) => {
      await Promise.all([watcher.run(signal), deliverer.run(signal)]);
    },
  };
}
