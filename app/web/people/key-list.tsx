import type { KeyAnswer } from '../../wire/access';
import { useMay } from '../session/use-may';
import { time } from '../ui/format';
import { useChangeAccess } from './access-lists';
import { AskedButton } from './asked-button';
import style from './people-screen.module.css';

/** The keys of programs. */
export function KeyList({ keys }: { keys: readonly KeyAnswer[] }) {
  const may = useMay();
  const change = useChangeAccess();
  return (
    <ul className={style.list} aria-label="Keys">
      {keys.map(({ keyID, name, scopes, expiresAt, usedAt }) => (
        <li key={keyID}>
          <div className={style.head}>
            <strong>{name}</strong>
            <span className="small muted">
              {usedAt ? `last used ${time(usedAt)}` : 'never used'}
              {expiresAt && `, until ${time(expiresAt)}`}
            </span>
            {may('access:write') && (
              <AskedButton
                verb="Revoke"
                what={`key ${name}`}
                question={`The program with the key ${name} is let in no more.`}
                onConfirm={() =>
                  change.mutate({
                    method: 'DELETE',
                    path: `/keys/${keyID}`,
                    done: `The key ${name} is revoked`,
                  })
                }
              />
            )}
          </div>
          <p className="small muted">{scopes.join(', ')}</p>
        </li>
      ))}
    </ul>
  );
}
