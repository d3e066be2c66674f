import { useEffect, useRef } from 'react';
import { isProblemOf, type ProblemAnswer } from '../../wire/problem';
import { Button } from '../ui/controls';
import { useMoment } from '../ui/deliberate';
import { units } from '../ui/format';
import style from './change-form.module.css';
import { type ChangeKind, KINDS } from './change-kinds';

interface RefusalProps {
  readonly problem: ProblemAnswer;
  readonly kind: ChangeKind;
  readonly quantity: number;
  /** What the location is called; undefined where there is only one. */
  readonly locationName: string | undefined;
  /** Sends the change again, as the user decided now. */
  onAgain(again: Again): void;
}

/** A change that the user decided again. */
export interface Again {
  readonly quantity: number;
  /** The record that the product must have, if it is another than before. */
  readonly record?: number;
  /** The free units that the location must have, if they are others than before. */
  readonly expected?: number | null;
}

/**
 * What came of a change that was refused: what happened, what is there now, and what can be done with that. It takes
 * the focus itself and gives it to no button, and its buttons can be pressed only after a moment: an Enter that was on
 * its way overrides nothing.
 */
export function Refusal(props: RefusalProps) {
  const { problem, kind, quantity, locationName, onAgain } = props;
  const there = locationName === undefined ? '' : ` at ${locationName}`;
  const box = useRef<HTMLDivElement>(null);
  const isSeen = useMoment();
  useEffect(() => {
    box.current?.focus({ preventScroll: true });
    box.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  const frame = { ref: box, className: style.refusal, role: 'alert', tabIndex: -1 };
  if (isProblemOf(problem, 'stale-record', 'unexpected-quantity')) {
    const available = Number(problem.availableQuantity);
    const record = 'record' in problem ? Number(problem.record) : undefined;
    const now = record === undefined ? { expected: available } : { record };
    return (
      <div {...frame}>
        <p>
          <strong>Somebody else changed it first.</strong> Since you began, the stock of this
          product has changed:{' '}
          <strong>
            {units(available)} available{record === undefined && there}
          </strong>
          {record !== undefined && ` (record ${record})`}. Your count of {units(quantity)} was not
          recorded.
        </p>
        <div className={style.buttons}>
          <Button disabled={!isSeen} onClick={() => onAgain({ ...now, quantity })}>
            Set to {units(quantity)} anyway
          </Button>
          {available !== quantity && (
            <Button disabled={!isSeen} onClick={() => onAgain({ ...now, quantity: available })}>
              Confirm {units(available)}
            </Button>
          )}
        </div>
      </div>
    );
  }
  const available = isProblemOf(problem, 'insufficient-stock') ? problem.availableQuantity : 0;
  if (available) {
    return (
      <div {...frame}>
        <p>
          <strong>
            Only {units(available)} available{there}.
          </strong>{' '}
          Nothing was recorded.
        </p>
        <Button disabled={!isSeen} onClick={() => onAgain({ quantity: available })}>
          {KINDS[kind].verb} of {units(available)}
        </Button>
      </div>
    );
  }
  return (
    <div {...frame}>
      <p>
        <strong>{problem.title}.</strong> {problem.detail}
      </p>
    </div>
  );
}
