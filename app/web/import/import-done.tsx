import type { Imported } from '../../wire/imports';
import { namesProblem } from '../../wire/problem';
import { Card } from '../ui/card';
import { Button } from '../ui/controls';
import { units } from '../ui/format';
import { lines } from './dry-run';
import style from './import-screen.module.css';

/** An import that was recorded, and which of its lines were not. */
export function ImportDone(props: { imported: Imported; onStartOver(): void }) {
  const { imported, onStartOver } = props;
  const { recorded } = imported;
  return (
    <Card title="Recorded">
      <p className={style.good} role="status">
        {lines(recorded)} {recorded === 1 ? 'was' : 'were'} recorded.
      </p>
      <LeftOut imported={imported} />
      <div className={style.buttons}>
        <Button look="main" onClick={onStartOver}>
          Import another file
        </Button>
      </div>
    </Card>
  );
}

/** The lines that were not recorded: of products that had moved, or that would be too many. */
function LeftOut({ imported: { leftOut = [] } }: { imported: Imported }) {
  const beyond = leftOut.filter(({ type }) => namesProblem(type, 'product-limit'));
  const moved = leftOut.filter(({ type }) => !namesProblem(type, 'product-limit'));
  return (
    <>
      {moved.length > 0 && (
        <>
          <p className={style.bad}>
            Not recorded, because their stock changed after they were counted:
          </p>
          <ul className={style.bad}>
            {moved.map(({ line, productID, availableQuantity }) => (
              <li key={line}>
                Row {units(line)}: product {productID}, now {units(availableQuantity)} in stock
              </li>
            ))}
          </ul>
        </>
      )}
      {beyond.length > 0 && (
        <>
          <p className={style.bad}>Not recorded, because there cannot be more products:</p>
          <ul className={style.bad}>
            {beyond.map(({ line, productID }) => (
              <li key={line}>
                Row {units(line)}: product {productID}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
