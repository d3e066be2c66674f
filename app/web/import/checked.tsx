import { useState } from 'react';
import { Card } from '../ui/card';
import { Button } from '../ui/controls';
import { units } from '../ui/format';
import { type CheckedFile, type Choices, lines, summaryOf, titleOf } from './dry-run';
import { CountTable, FaultTable, ProductTable } from './found-tables';
import style from './import-screen.module.css';

interface CheckedProps {
  readonly found: CheckedFile;
  readonly choices: Choices;
  onChoose(choices: Choices): void;
  /** @param skipsMoved whether to leave out what changed since it was counted */
  onRecord(skipsMoved: boolean): void;
  onCheckAgain(): void;
  onStartOver(): void;
}

/** What the dry run found: what is wrong with the file, what has to be confirmed, and what it changes. */
export function Checked(props: CheckedProps) {
  const { found, choices, onChoose, onRecord, onCheckAgain, onStartOver } = props;
  const { dryRun, target } = found;
  const { rows, faults, faulty, stopped, notes, warnings, warned, totals } = dryRun;
  const [isConfirmed, setConfirmed] = useState(false);
  const isFaulty = faults.length > 0;
  const mayRecord = !isFaulty && (warned === 0 || isConfirmed);
  const productCount = 'changed' in totals ? totals.changed + totals.unchanged + totals.new : rows;
  return (
    <Card title={titleOf(dryRun)}>
      {notes.map((note) => (
        <p key={note} className={style.note}>
          {note}
        </p>
      ))}
      {target === 'counts' && (
        <label className={style.check}>
          <input
            type="checkbox"
            checked={choices.addsUp}
            onChange={({ target: { checked } }) => onChoose({ ...choices, addsUp: checked })}
          />
          Add up several counts of one product
        </label>
      )}
      {isFaulty && (
        <>
          <p className={style.bad} role="alert">
            Nothing can be recorded until this is corrected in the file.
            {stopped && ` These are the first ${units(faults.length)} faults: correct these first.`}
            {!stopped &&
              faults.length < faulty &&
              ` The first ${units(faults.length)} faults are shown.`}
          </p>
          <FaultTable label="What is wrong" faults={faults} />
        </>
      )}
      {!isFaulty && warned > 0 && (
        <>
          <p className={style.bad}>
            These are probably mistakes. Correct the file, or confirm them.
            {warnings.length < warned &&
              ` The first ${units(warnings.length)} of ${units(warned)} are shown.`}
          </p>
          <FaultTable label="What has to be confirmed" faults={warnings} />
          <label className={style.check}>
            <input
              type="checkbox"
              checked={isConfirmed}
              onChange={({ target: { checked } }) => setConfirmed(checked)}
            />
            {warned === 1 ? 'This is' : `All ${units(warned)} are`} correct
          </label>
        </>
      )}
      {!isFaulty && (
        <>
          <p>{summaryOf(found)}</p>
          {totals.moved > 0 && (
            <p className={style.bad} role="alert">
              Changed since the count: {units(totals.moved)}. Recording these counts would overwrite
              what was sold or received since. Count again, or leave them out.
            </p>
          )}
        </>
      )}
      <div className={style.buttons}>
        {totals.moved === 0 || isFaulty ? (
          <Button look="main" disabled={!mayRecord} onClick={() => onRecord(false)}>
            Record {lines(rows)}
          </Button>
        ) : (
          <Button
            disabled={!mayRecord || totals.moved >= productCount}
            onClick={() => onRecord(true)}
          >
            Leave out {units(totals.moved)}, record the others
          </Button>
        )}
        <Button onClick={onCheckAgain}>Check it again</Button>
        <Button onClick={onStartOver}>Choose another file</Button>
      </div>
      {!isFaulty && (
        <>
          {dryRun.lines.length < productCount && (
            <p className="muted small">
              {target === 'counts' ? 'The largest differences' : 'The first'}:{' '}
              {units(dryRun.lines.length)} of {units(productCount)}.
            </p>
          )}
          {found.target === 'counts' ? (
            <CountTable lines={found.dryRun.lines} />
          ) : (
            <ProductTable lines={found.dryRun.lines} />
          )}
        </>
      )}
    </Card>
  );
}
