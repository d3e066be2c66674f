import { CircleCheck, CircleX, Clock, Undo2 } from 'lucide-react';
import { Button } from '../ui/controls';
import { timeOfDay } from '../ui/format';
import { Empty } from '../ui/states';
import style from './scan-screen.module.css';

/** One change that was scanned, and what became of it. */
export interface Scanned {
  readonly key: string;
  readonly label: string;
  readonly at: number;
  readonly state: keyof typeof STATES;
  readonly detail: string;
  /** Undoes it, once it is recorded. */
  undo?(): void;
  /** Records it. It is shown as refused until then. */
  record?(): void;
}

/** Scanned changes that stay in the list. */
const SCANNED_MAX = 100;

const STATES = {
  recorded: { text: 'Recorded', Icon: CircleCheck },
  waiting: { text: 'Waiting to be sent', Icon: Clock },
  refused: { text: 'Refused', Icon: CircleX },
  cancelled: { text: 'Cancelled', Icon: Undo2 },
  undone: { text: 'Undone', Icon: Undo2 },
} as const;

/** The list with this entry, which replaces the earlier entry of its key. The last scan comes first. */
export function withScanned(scanned: readonly Scanned[], entry: Scanned): readonly Scanned[] {
  return (
    [entry, ...scanned.filter(({ key }) => key !== entry.key)]
      // Keys of version 7 sort by when they were made.
      .sort((a, b) => (a.key < b.key ? 1 : -1))
      .slice(0, SCANNED_MAX)
  );
}

/** What was scanned since the screen was opened. */
export function ScannedList({ scanned }: { scanned: readonly Scanned[] }) {
  return (
    <section aria-label="Scanned">
      {scanned.length === 0 && (
        <Empty title="Nothing scanned yet">
          <p>
            What you scan is listed here. What cannot be sent waits, and is sent once, in order.
          </p>
        </Empty>
      )}
      <ol className={style.scanned} aria-live="polite">
        {scanned.map(({ key, label, at, state, detail, undo, record }) => {
          const { text, Icon } = STATES[state];
          return (
            <li key={key} className={style[state]}>
              <Icon size={20} aria-hidden />
              <span>
                <strong>{label}</strong>
                <br />
                <span className="small">
                  {text}
                  {detail && `. ${detail}`}
                </span>
              </span>
              <span className={style.end}>
                <time className="small">{timeOfDay(at)}</time>
                {record && (
                  <Button look="quiet" onClick={record} aria-label={`Record: ${label}`}>
                    Record
                  </Button>
                )}
                {undo && (
                  <Button look="quiet" onClick={undo} aria-label={`Undo: ${label}`}>
                    Undo
                  </Button>
                )}
              </span>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
