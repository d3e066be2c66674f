import { actorInWords } from '../../wire/actor';
import { usePage } from '../page';
import { AskedButton } from '../ui/asked-button';
import { Button } from '../ui/controls';
import { units } from '../ui/format';
import type { ChangeRequest } from './change-request';
import style from './outbox-tray.module.css';

/**
 * Changes of people who are not signed in. Nobody sends them in their own name. If their maker never comes back, they can be
 * downloaded, to be entered again, and discarded.
 */
export function ChangesOfOthers({ changes }: { changes: readonly ChangeRequest[] }) {
  const { outbox } = usePage();
  const count = changes.length === 1 ? 'One change' : `${units(changes.length)} changes`;
  const makers = [...new Set(changes.map(({ actor = '' }) => actorInWords(actor)))];
  const [are, they] =
    changes.length === 1 ? ['waits: it is sent', 'it'] : ['wait: they are sent', 'them'];
  const who = makers.join(', ');
  return (
    <>
      <p>
        {count} of {who} {are} when {who} {makers.length === 1 ? 'signs' : 'sign'} in. Nobody else
        sends {they}.
      </p>
      <div className={style.buttons}>
        <Button onClick={() => download(changes)}>Download {they}</Button>
        <AskedButton
          verb="Discard"
          what={`${count} of ${who}`}
          question={`${count} of ${who} will not be sent again. What was on its way already may be recorded all the same. Download ${they} first if somebody may still need ${they}.`}
          onConfirm={() => outbox.discardOfOthers()}
        />
      </div>
    </>
  );
}

/** Saves the changes as a file that people can read, and programs too. */
function download(changes: readonly ChangeRequest[]): void {
  const said = changes.map(({ label, actor, madeAt, method, path, fields }) => ({
    label,
    actor,
    madeAt: new Date(madeAt).toISOString(),
    method,
    path,
    fields,
  }));
  const file = new Blob([JSON.stringify(said, null, 2)], { type: 'application/json' });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = 'waiting-changes.json';
  link.click();
  URL.revokeObjectURL(link.href);
}
