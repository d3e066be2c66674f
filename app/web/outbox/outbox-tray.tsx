import { CloudOff, Send } from 'lucide-react';
import { useEffect, useId, useState } from 'react';
import { actorInWords } from '../../wire/actor';
import { useOutbox, usePage, useSession } from '../page';
import { useAnnounce } from '../ui/announce';
import { Button } from '../ui/controls';
import { timeOfDay, units } from '../ui/format';
import { isSentBy } from './change-request';
import { ChangesOfOthers } from './changes-of-others';
import style from './outbox-tray.module.css';

/** What waits to be sent, and what was refused while nobody looked. Hidden if there is neither. */
export function OutboxTray() {
  const { waiting, refused, isStuck, isKept } = useOutbox();
  const { outbox } = usePage();
  const { me, isSignedOut } = useSession();
  const announce = useAnnounce();
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const actor = me?.actor;
  const others = waiting.filter((change) => !isSentBy(change, actor));
  const isHeld = isStuck || others.length > 0 || (isSignedOut && waiting.length > 0);
  const isWorthSaying = isHeld || refused.length > 0 || waiting.length > 1;
  // Announced here, in every tab that gets the answer, not only in the one that asked.
  useEffect(
    () =>
      outbox.onSettled((change, { outcome }) => {
        // One of another person was only discarded: it may be recorded all the same.
        const what = isSentBy(change, actor) ? 'Cancelled' : 'Discarded';
        if (outcome === 'cancelled') announce(`${what}: ${change.label}`);
      }),
    [outbox, announce, actor],
  );
  if (!isWorthSaying) {
    // Closed, so that the next change that waits does not open it over somebody's work.
    if (isOpen) setOpen(false);
    return null;
  }
  const cancel = async (key: string) => {
    const isSure = await outbox.cancel(key);
    if (!isSure) {
      announce('It can no longer be cancelled: it may have been recorded already.', 'bad');
    }
  };
  return (
    <div className={style.tray}>
      <button
        type="button"
        className={`${style.button} ${refused.length > 0 ? style.bad : ''}`}
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpen(!isOpen)}
      >
        {isHeld ? <CloudOff size={16} aria-hidden /> : <Send size={16} aria-hidden />}
        {[
          waiting.length > 0 && `${units(waiting.length)} to send`,
          refused.length > 0 && `${units(refused.length)} refused`,
        ]
          .filter(Boolean)
          .join(', ')}
      </button>
      <div id={id} className={style.panel} hidden={!isOpen}>
        {waiting.length > 0 && (
          <>
            <h2>Waiting to be sent</h2>
            <p className="small muted">
              {isSignedOut &&
                'They wait because nobody is signed in. Each is sent when the person who made it signs in, and recorded once.'}
              {!isSignedOut &&
                others.length < waiting.length &&
                'Each is recorded once, in this order, when the service answers.'}
              {!isKept && ' This browser cannot keep them: do not close the page.'}
            </p>
            <ul>
              {waiting.map(({ key, label, madeAt, actor: maker }) => (
                <li key={key}>
                  <span>
                    {label} <span className="muted small">{timeOfDay(madeAt)}</span>
                    {others.some((other) => other.key === key) && (
                      <span className="muted small">
                        {' '}
                        waits until {maker && actorInWords(maker)} signs in
                      </span>
                    )}
                  </span>
                  {/* Under another name the service knows nothing of it, and could not keep it from running. */}
                  {!isSignedOut && !others.some((other) => other.key === key) && (
                    <Button look="quiet" onClick={() => cancel(key)}>
                      Cancel change
                    </Button>
                  )}
                </li>
              ))}
            </ul>
          </>
        )}
        {!isSignedOut && others.length > 0 && <ChangesOfOthers changes={others} />}
        {refused.length > 0 && (
          <>
            <h2>Refused</h2>
            <ul>
              {refused.map(({ change, problem }) => (
                <li key={change.key}>
                  <span>
                    {change.label} <span className="muted small">{timeOfDay(change.madeAt)}</span>
                    <br />
                    <span className="small">{problem.detail}</span>
                  </span>
                  <Button look="quiet" onClick={() => outbox.dismiss(change.key)}>
                    Dismiss
                  </Button>
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
    </div>
  );
}
