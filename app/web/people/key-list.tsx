import { SCOPE_NAMES, SCOPES } from '../../ledger/access/scope';
import type { KeyAnswer } from '../../wire/access';
import { useShopLocations } from '../location/use-shop-locations';
import { useMay } from '../session/use-may';
import { AskedButton } from '../ui/asked-button';
import { time, units } from '../ui/format';
import { useNow } from '../ui/use-now';
import { useChangeAccess } from './access-lists';
import style from './people-screen.module.css';

/** The keys of programs. */
export function KeyList({ keys }: { keys: readonly KeyAnswer[] }) {
  const may = useMay();
  const change = useChangeAccess();
  const now = useNow();
  const { nameOf } = useShopLocations();
  return (
    <ul className={style.list} aria-label="Keys">
      {keys.map(({ keyID, name, scopes, locations, expiresAt, usedAt, rateLimit }) => (
        <li key={keyID}>
          <div className={style.head}>
            <strong>
              {name}
              {isOver(expiresAt, now) && <span className={style.expired}> expired</span>}
            </strong>
            {may('access:write') && (
              <AskedButton
                verb="Remove"
                what={`key ${name}`}
                question={`A program that sends the key ${name} will be refused.`}
                onConfirm={() =>
                  change.mutate({
                    method: 'DELETE',
                    path: `/keys/${keyID}`,
                    done: `The key ${name} is removed`,
                  })
                }
              />
            )}
          </div>
          <p className="small muted">
            {usedAt ? `Last used ${time(usedAt)}` : 'Never used'}
            {expiresAt &&
              (isOver(expiresAt, now)
                ? `, expired on ${time(expiresAt)}`
                : `, until ${time(expiresAt)}`)}
            {locations && `, changes stock only at ${locations.map(nameOf).join(', ')}`}
            {rateLimit && `, at most ${units(rateLimit)} requests a minute`}
          </p>
          <ul className={style.rights} aria-label={`What the key ${name} may do`}>
            {SCOPE_NAMES.filter((scope) => scopes.includes(scope)).map((scope) => (
              <li key={scope} className="small">
                {SCOPES[scope]} <code className="muted">{scope}</code>
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ul>
  );
}

function isOver(expiresAt: string | undefined, now: number): boolean {
  return expiresAt !== undefined && Date.parse(expiresAt) <= now;
}
