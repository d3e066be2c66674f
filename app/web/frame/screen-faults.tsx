import { useCallback, useEffect, useRef, useState } from 'react';
import { backoffMs } from '../../client/backoff';
import { useLive } from '../page';
import { Button } from '../ui/controls';
import { Screen } from '../ui/screen';
import { Empty } from '../ui/states';
import type { ScreenNotLoaded } from './lazy-screen';
import { ReloadButton, useNewBuild } from './new-build';

/** Between two tries to load a screen. They go on, so that the screen comes without a reload. */
const PAUSES = { firstMs: 1_000, longestMs: 8_000 };

interface ScreenMissingProps {
  readonly title: string;
  readonly error: ScreenNotLoaded;
  /** Called once the screen's script is there. */
  onLoaded(): void;
}

/** Shown instead of a screen that could not be loaded. It tries again after pauses, and at once on a button. */
export function ScreenMissing({ title, error, onLoaded }: ScreenMissingProps) {
  const { connection } = useLive();
  const { isNew, look } = useNewBuild();
  const [failures, setFailures] = useState(0);
  const [isTrying, setTrying] = useState(false);
  const isBusy = useRef(false);
  const tryAgain = useCallback(async () => {
    if (isBusy.current) return;
    isBusy.current = true;
    setTrying(true);
    try {
      await error.again();
      onLoaded();
    } catch {
      setFailures((before) => before + 1);
    } finally {
      isBusy.current = false;
      setTrying(false);
    }
  }, [error, onLoaded]);
  // Anew after each failure.
  useEffect(() => {
    void look();
    const timer = setTimeout(tryAgain, backoffMs(failures, PAUSES));
    window.addEventListener('online', tryAgain);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('online', tryAgain);
    };
  }, [failures, tryAgain, look]);
  // The network is back sooner than the pause is over.
  useEffect(() => {
    if (connection === 'live') void tryAgain();
  }, [connection, tryAgain]);
  return (
    <Screen title={title}>
      <div role="alert">
        <Empty title="This screen could not be loaded">
          {isNew ? (
            <p>
              There is a new version of this page. Reload the page to continue. Nothing that was
              recorded is lost.
            </p>
          ) : (
            <p>The service cannot be reached, or has just been updated. The page keeps trying.</p>
          )}
        </Empty>
      </div>
      <p style={{ textAlign: 'center' }}>
        {isNew && <ReloadButton />}{' '}
        <Button aria-disabled={isTrying} onClick={tryAgain}>
          {isTrying ? 'Trying …' : 'Try again'}
        </Button>
      </p>
    </Screen>
  );
}

/** Shown instead of a screen that threw an error. Without a change it would probably throw it again. */
export function ScreenFailed({ title, onRetry }: { title: string; onRetry(): void }) {
  return (
    <Screen title={title}>
      <div role="alert">
        <Empty title="This screen has failed">
          <p>
            This is a fault of the page. Nothing that was recorded is lost, and the other screens
            work. Try again, or reload the page.
          </p>
        </Empty>
      </div>
      <p style={{ textAlign: 'center' }}>
        <Button onClick={onRetry}>Try again</Button> <ReloadButton />
      </p>
    </Screen>
  );
}
