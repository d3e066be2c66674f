import { LogOut } from 'lucide-react';
import { useState } from 'react';
import { Refused } from '../../client/failure';
import { actorInWords } from '../../wire/actor';
import { usePage, useSession } from '../page';
import { useAnnounce } from '../ui/announce';
import { Button } from '../ui/controls';
import style from './session.module.css';

/** Who is signed in, and how to sign out. Nothing where the service asks nobody who they are. */
export function SignedIn() {
  const { me } = useSession();
  const { session } = usePage();
  const announce = useAnnounce();
  const [isBusy, setBusy] = useState(false);
  if (!me?.role) return null;
  const name = actorInWords(me.actor);
  const signOut = async () => {
    if (isBusy) return;
    setBusy(true);
    try {
      await session.signOut();
    } catch (error) {
      const why = error instanceof Refused ? error.problem.detail : 'The service does not answer.';
      announce(`You are not signed out. ${why}`, 'bad');
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className={style.who}>
      <span className={style.name}>
        {name} <span className="muted">{me.role}</span>
      </span>
      <Button look="quiet" aria-disabled={isBusy} onClick={() => void signOut()}>
        <LogOut size={15} aria-hidden /> Sign out
      </Button>
    </div>
  );
}
