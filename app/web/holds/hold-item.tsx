import { Link } from 'wouter';
import type { HoldAnswer } from '../../wire/documents';
import { useShopLocations } from '../location/use-shop-locations';
import { useSend } from '../outbox/use-send';
import { useLive } from '../page';
import { useMay } from '../session/use-may';
import { useAnnounce } from '../ui/announce';
import { AskedButton } from '../ui/asked-button';
import { time, units } from '../ui/format';
import { ProblemBox } from '../ui/problem-box';
import style from './holds-screen.module.css';
import { TimeLeft } from './time-left';

/** An open hold: what it sets aside, how long it lasts, and a button to give that back. */
export function HoldItem({ hold }: { hold: HoldAnswer }) {
  const { holdID, expiresAt, reference, lines } = hold;
  const { shop } = useLive();
  const { areSeveral, own, nameOf } = useShopLocations();
  const isOwn = lines.every((line) => own.some((each) => each.locationID === line.locationID));
  const may = useMay();
  const announce = useAnnounce();
  const { send, problem } = useSend();
  const release = async () => {
    const label = `Release of hold ${holdID}`;
    const settled = await send({
      path: `/holds/${encodeURIComponent(holdID)}/release`,
      fields: {},
      label,
    });
    if (settled?.outcome === 'done') announce(`${label}: what it held is available again`, 'good');
  };
  return (
    <article className={style.hold} aria-label={`Hold ${holdID}`}>
      <header className={style.head}>
        <strong>{holdID}</strong>
        <span className={style.left} title={`until ${time(expiresAt)}`}>
          <TimeLeft until={expiresAt} />
        </span>
        {reference && <span className="muted small">{reference}</span>}
      </header>
      <ul className={style.lines}>
        {lines.map(({ productID, locationID, quantity }) => (
          <li key={`${productID} ${locationID}`}>
            {units(quantity)} ×{' '}
            <Link href={`/products/${productID}`}>
              {shop?.byID.get(productID)?.title ?? `Product ${productID}`}
            </Link>
            {areSeveral && ` at ${nameOf(locationID)}`}
          </li>
        ))}
      </ul>
      {may('stock:sell') && isOwn && (
        <AskedButton
          verb="Release"
          what={`hold ${holdID}`}
          question="Others can then buy what it holds, and the customer who was about to pay for it may get none."
          onConfirm={() => void release()}
        />
      )}
      {problem && <ProblemBox problem={problem} />}
    </article>
  );
}
