import { type RefObject, useEffect, useRef } from 'react';

/**
 * A signal for `Outbox.send` that is aborted when the part of the page that sends has gone: from then on the tray keeps
 * what is refused.
 */
export function useLooking(): RefObject<AbortController> {
  const looking = useRef(new AbortController());
  useEffect(() => {
    looking.current = new AbortController();
    return () => looking.current.abort();
  }, []);
  return looking;
}
