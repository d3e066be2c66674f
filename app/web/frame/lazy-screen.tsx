import { type ComponentType, lazy } from 'react';

/** The script of a screen could not be loaded: there is no network, or the service has a newer build of the page. */
export class ScreenNotLoaded extends Error {
  override readonly name = 'ScreenNotLoaded';

  /** @param again loads it once more; rejects if that fails too */
  constructor(
    readonly again: () => Promise<unknown>,
    options: ErrorOptions,
  ) {
    super('The screen could not be loaded.', options);
  }
}

/**
 * A screen whose script is loaded when it is first shown. React's own `lazy` remembers a failure for good; the error
 * of this can load the script again, after which the screen can be shown again.
 *
 * While it is shown it throws ScreenNotLoaded if its script cannot be loaded.
 */
export function lazyScreen<P extends object>(
  load: () => Promise<{ default: ComponentType<P> }>,
): ComponentType<P> {
  const attempt = () =>
    load().catch((cause) => {
      throw new ScreenNotLoaded(again, { cause });
    });
  let Loaded = lazy(attempt);
  const again = async () => {
    await load();
    Loaded = lazy(attempt);
  };
  return function LazyScreen(props: P) {
    return <Loaded {...props} />;
  };
}
