import type { Logger } from 'pino';
import { Api } from './api';
import { type Clock, systemClock } from './clock';
import { Deliverer } from './delivery/deliverer';
import { healthServer, MonitorHealth } from './monitor-health';
import type { MonitorSettings } from './settings';
import { Watcher } from './watch';

/** A monitor: it watches the service, and delivers the messages at the same time. */
export interface Monitor {
  /** Runs until the signal, and finishes what it has begun. Never throws. */
  run(signal: AbortSignal): Promise<void>;
}

export function createMonitor(
  settings: MonitorSettings,
  logger: Logger,
  clock: Clock = systemClock,
): Monitor {
  const api = new Api(
    settings.apiUrl,
    settings.instanceID,
    settings.linkSecret,
    settings.monitorKey,
  );
  const health = new MonitorHealth(clock);
  api.onSuccess = () => health.succeeded();
  const watcher = new Watcher({
    api,
    settings,
    logger,
    clock,
    onAlerts: () => deliverer.wake(),
  });
  const deliverer = new Deliverer({
    api,
    settings,
    logger,
    clock,
    shop: () => watcher.shop,
    transfer: (transferID) => watcher.transfer(transferID),
    onTried: (target, reason) => health.tried(target, reason),
  });
  return {
    run: async (signal) => {
      const server = settings.monitorPort === 0 ? undefined : healthServer(health);
      server?.on('error', (error) =>
        logger.warn({ err: error }, 'MONITOR_PORT cannot be listened on'),
      );
      server?.listen(settings.monitorPort, '127.0.0.1');
      await Promise.all([watcher.run(signal), deliverer.run(signal)]);
      server?.closeAllConnections();
      server?.close();
    },
  };
}
