import { FileUp } from 'lucide-react';
import { type DragEvent, useRef, useState } from 'react';
import type { Imported } from '../../client/answers';
import { isProblemOf } from '../../wire/problem';
import { Refused } from '../api/ask';
import { usePage } from '../page';
import { Card } from '../ui/card';
import { Button, Choice } from '../ui/controls';
import { units } from '../ui/format';
import { Screen } from '../ui/screen';
import { Fault } from '../ui/states';
import { Checked } from './checked';
import { type Choices, dryRunPath, type Found, lines, recordQuery, type Target } from './dry-run';
import { forgetImportKey, importKey, settleEarlier } from './import-key';
import style from './import-screen.module.css';
import { upload } from './upload';

const COLUMNS: Record<Target, string> = {
  counts: 'Product number, SKU or barcode; available; and if need be record, reference and note',
  products:
    'Name; and if need be product number, SKU, barcode, image, price, reorder at and reorder quantity',
};

/** Files that can be read. */
const ACCEPTED =
  '.csv,.tsv,.txt,.xlsx,text/csv,text/tab-separated-values,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Where an import stands. */
type Step =
  | { readonly at: 'choosing' }
  | { readonly at: 'checking' | 'recording'; readonly sent: number }
  | { readonly at: 'checked'; readonly found: Found }
  | {
      readonly at: 'failed';
      readonly error: unknown;
      /** What was to be recorded; undefined where the file was looked through. */
      readonly query?: string;
    }
  | { readonly at: 'done'; readonly imported: Imported };

/** Many counts, or products, from a file: looked through first, then all of it is recorded or nothing. */
export default function ImportScreen() {
  const { queries } = usePage();
  const input = useRef<HTMLInputElement>(null);
  const [target, setTarget] = useState<Target>('counts');
  const [file, setFile] = useState<File>();
  const [choices, setChoices] = useState<Choices>({ addsUp: false });
  const [step, setStep] = useState<Step>({ at: 'choosing' });
  const [isOver, setOver] = useState(false);

  const check = async (chosen: File, chosenTarget: Target, chosenSo = choices) => {
    setFile(chosen);
    setStep({ at: 'checking', sent: 0 });
    try {
      const path = dryRunPath(chosenTarget, chosenSo);
      const dryRun = await upload<Found['dryRun']>(path, chosen, undefined, ({ sent }) =>
        setStep({ at: 'checking', sent }),
      );
      setStep({ at: 'checked', found: { target: chosenTarget, dryRun } as Found });
    } catch (error) {
      setStep({ at: 'failed', error });
    }
  };
  const record = async (chosen: File, query: string) => {
    setStep({ at: 'recording', sent: 0 });
    try {
      const imported =
        (await settleEarlier(target, chosen, query)) ??
        (await upload<Imported>(
          `/imports/${target}?${query}`,
          chosen,
          importKey(target, chosen, query),
          ({ sent }) => setStep({ at: 'recording', sent }),
        ));
      forgetImportKey(target, chosen);
      setStep({ at: 'done', imported });
      void queries.invalidateQueries();
    } catch (error) {
      // Only a definite answer frees the key: after anything else the same file is sent under it again.
      if (isDefinite(error)) forgetImportKey(target, chosen);
      setStep({ at: 'failed', error, query });
    }
  };
  const startOver = () => {
    setFile(undefined);
    setStep({ at: 'choosing' });
    if (input.current) input.current.value = '';
  };
  const choose = (files: FileList | null) => {
    const chosen = files?.[0];
    if (chosen) void check(chosen, target);
  };
  const tryAgain = (chosen: File, { error, query }: Extract<Step, { at: 'failed' }>) =>
    query === undefined || isDefinite(error) ? check(chosen, target) : record(chosen, query);
  const isBusy = step.at === 'checking' || step.at === 'recording';

  return (
    <Screen title="Import" subtitle="All of a file is recorded, or nothing of it.">
      <Choice
        label="What the file has"
        value={target}
        options={[
          { value: 'counts', text: 'Counts' },
          { value: 'products', text: 'Products' },
        ]}
        onChange={(value) => {
          // A file under way is for what was chosen when it was sent.
          if (isBusy) return;
          setTarget(value);
          if (file) void check(file, value);
        }}
      />
      <label
        className={isOver ? `${style.drop} ${style.over}` : style.drop}
        onDragOver={(event: DragEvent) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event: DragEvent) => {
          event.preventDefault();
          setOver(false);
          if (!isBusy) choose(event.dataTransfer.files);
        }}
      >
        <FileUp size={26} aria-hidden />
        <strong>{file ? file.name : 'Drop a file here, or choose one'}</strong>
        <span className="muted small">
          CSV or Excel (.xlsx), the first row names the columns. {COLUMNS[target]}.
        </span>
        <input
          ref={input}
          type="file"
          accept={ACCEPTED}
          disabled={isBusy}
          className="unseen"
          onChange={({ target: { files } }) => choose(files)}
        />
      </label>
      {isBusy && (
        <Card title={step.at === 'checking' ? 'Looking through the file' : 'Recording'}>
          <progress
            className={style.progress}
            aria-label={
              step.at === 'checking' ? 'Sent to be looked through' : 'Sent to be recorded'
            }
            {...(step.sent < 1 && { value: step.sent })}
          />
          <p className="muted" role="status">
            {step.sent < 1
              ? `${Math.round(step.sent * 100)} % sent`
              : step.at === 'checking'
                ? 'Each line is looked at …'
                : 'All lines are recorded in one transaction …'}
          </p>
        </Card>
      )}
      {step.at === 'checked' && file && (
        <Checked
          found={step.found}
          choices={choices}
          onChoose={(chosen) => {
            setChoices(chosen);
            void check(file, target, chosen);
          }}
          onRecord={(skipsMoved) => record(file, recordQuery(step.found, choices, skipsMoved))}
          onCheckAgain={() => check(file, target)}
          onStartOver={startOver}
        />
      )}
      {step.at === 'failed' && (
        <Card title={failureTitle(step)}>
          <Fault error={step.error} />
          <RefusedLines error={step.error} />
          <div className={style.buttons}>
            {file && (
              <Button look="main" onClick={() => tryAgain(file, step)}>
                {step.query !== undefined && isDefinite(step.error)
                  ? 'Look through it again'
                  : 'Try again'}
              </Button>
            )}
            <Button onClick={startOver}>Choose another file</Button>
          </div>
          {step.query !== undefined && !isDefinite(step.error) && (
            <p className="muted small">To try again is safe: the file is recorded once at most.</p>
          )}
        </Card>
      )}
      {step.at === 'done' && (
        <Card title="Recorded">
          <p className={style.good} role="status">
            {lines(step.imported.recorded)} {step.imported.recorded === 1 ? 'was' : 'were'}{' '}
            recorded.
          </p>
          <LeftOut imported={step.imported} />
          <div className={style.buttons}>
            <Button look="main" onClick={startOver}>
              Import another file
            </Button>
          </div>
        </Card>
      )}
    </Screen>
  );
}

/** Whether the service has said what became of it: after anything else nobody knows, until it is sent again. */
function isDefinite(error: unknown): boolean {
  return error instanceof Refused && error.problem.status < 500;
}

function failureTitle({ error, query }: Extract<Step, { at: 'failed' }>): string {
  if (query === undefined) return 'Not looked through';
  return isDefinite(error) ? 'Not recorded' : 'Not known yet whether it was recorded';
}

/** The lines that were not recorded: of products that had moved, or that would be too many. */
function LeftOut({ imported: { leftOut = [] } }: { imported: Imported }) {
  const beyond = leftOut.filter(({ type }) => type.endsWith('/product-limit'));
  const moved = leftOut.filter(({ type }) => !type.endsWith('/product-limit'));
  return (
    <>
      {moved.length > 0 && (
        <>
          <p className={style.bad}>Not recorded, since they moved after they were counted:</p>
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
          <p className={style.bad}>
            Not recorded, since there are as many products as there may be:
          </p>
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

/** What the ledger refuses of a file, by line. */
function RefusedLines({ error }: { error: unknown }) {
  if (!(error instanceof Refused) || !isProblemOf(error.problem, 'batch-refused')) return null;
  const lines = (error.problem.errors ?? []).filter(({ line }) => line !== undefined);
  return (
    <ul className={style.bad}>
      {lines.map(({ line, detail }) => (
        <li key={`${line} ${detail}`}>
          Row {units(line)}: {detail}
        </li>
      ))}
    </ul>
  );
}
