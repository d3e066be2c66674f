import { useEffect, useState } from 'react';
import { useLive, useSession } from '../page';
import { timeOfDay } from '../ui/format';
import style from './live-mark.module.css';

/** A break shorter than that is a hiccup: "reconnecting". After it the page says how old its numbers are. */
const HICCUP_MS = 4_000;

/** Says whether what is on the page is live, or as of when. */
export function LiveMark() {
  const { connection, since, shop, fault } = useLive();
  const { isSignedOut } = useSession();
  const [isOld, setOld] = useState(false);
  useEffect(() => {
    setOld(false);
    if (connection !== 'lost') return;
    const timer = setTimeout(() => setOld(true), HICCUP_MS - (Date.now() - since));
    return () => clearTimeout(timer);
  }, [connection, since]);

  const [state, text] = isSignedOut
    ? (['old', 'Signed out'] as const)
    : connection === 'live'
      ? (['live', 'Live'] as const)
      : connection === 'connecting'
        ? (['reconnecting', 'Connecting …'] as const)
        : isOld
          ? (['old', shop ? `As of ${timeOfDay(since)}` : 'Not connected'] as const)
          : (['reconnecting', 'Reconnecting …'] as const);
  return (
    <p className={`${style.mark} ${style[state]}`} role="status" title={fault}>
      <span className={style.dot} aria-hidden="true" />
      {text}
    </p>
  );
}
