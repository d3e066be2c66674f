import { useState } from 'react';
import { Refused } from '../../client/failure';
import { usePage } from '../page';
import { useAnnounce } from '../ui/announce';
import type { Session } from './session';

/** Signs oneself out, in one way or another, and says why if that fails. */
export function useLeave(signOut: (session: Session) => Promise<void>) {
  const { session } = usePage();
  const announce = useAnnounce();
  const [isBusy, setBusy] = useState(false);
  const leave = async () => {
    if (isBusy) return;
    setBusy(true);
    try {
      await signOut(session);
    } catch (error) {
      const why = error instanceof Refused ? error.problem.detail : 'The service does not answer.';
      announce(`You are not signed out. ${why}`, 'bad');
    } finally {
      setBusy(false);
    }
  };
  return { isBusy, leave: () => void leave() };
}
