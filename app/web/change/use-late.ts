import { useEffect, useState } from 'react';

/** An answer usually takes some milliseconds. After so long the page says that it waits. */
export const LATE_MS = 1_500;

/** Whether the answer to what is being sent is late. */
export function useLate(isSending: boolean): boolean {
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    if (!isSending) return;
    const timer = setTimeout(() => setLate(true), LATE_MS);
    return () => {
      clearTimeout(timer);
      setLate(false);
    };
  }, [isSending]);
  return isLate;
}
