import { LogOut } from 'lucide-react';
import { Link } from 'wouter';
import { actorInWords } from '../../wire/actor';
import { useSession } from '../page';
import { Button } from '../ui/controls';
import style from './session.module.css';
import { useLeave } from './use-leave';

/** Who is signed in, and how to sign out. Nothing where the service asks nobody who they are. */
export function SignedIn() {
  const { me } = useSession();
  const { isBusy, leave } = useLeave((session) => session.signOut());
  if (!me?.role) return null;
  const name = actorInWords(me.actor);
  return (
    <div className={style.who}>
      <Link href="/you" className={style.name ?? ''}>
        <span className={style.link}>{name}</span> <span className="muted">{me.role}</span>
        <span className="unseen">: your devices</span>
      </Link>
      <Button look="quiet" aria-disabled={isBusy} onClick={leave}>
        <LogOut size={15} aria-hidden /> Sign out
      </Button>
    </div>
  );
}
