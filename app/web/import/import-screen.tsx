import { FileUp } from 'lucide-react';
import { type DragEvent, useRef, useState } from 'react';
import type { CountsDryRun, ProductsDryRun } from '../../client/answers';
import { type Problem, Refused } from '../api/ask';
import { usePage } from '../page';
import { Card } from '../ui/card';
import { Button, Choice } from '../ui/controls';
import { units } from '../ui/format';
import { Screen } from '../ui/screen';
import { Fault } from '../ui/states';
import table from '../ui/table.module.css';
import { TableFrame } from '../ui/table-frame';
import { forgetImportKey, importKey } from './import-key';
import style from './import-screen.module.css';
import { type Preview, readPreview } from './preview';
import { upload } from './upload';

type Target = 'counts' | 'products';
type DryRun = CountsDryRun | ProductsDryRun;

const COLUMNS: Record<Target, string> = {
  counts: 'productID, availableQuantity, and if need be reference and note',
  products:
    'productID, name, and if need be sku, barcode, image, price, reorderPoint and reorderQuantity',
};

/** Where an import stands. */
type Step =
  | { readonly at: 'choosing' }
  | { readonly at: 'checking' | 'recording'; readonly sent: number }
  | { readonly at: 'checked'; readonly found: DryRun; readonly preview: Preview }
  | { readonly at: 'failed'; readonly error: unknown; readonly recording?: DryRun }
  | { readonly at: 'done'; readonly recorded: number };

/** Many counts, or products, from a CSV file: looked through first, then all of it is recorded or nothing. */
export default function ImportScreen() {
  const { queries } = usePage();
  const input = useRef<HTMLInputElement>(null);
  const [target, setTarget] = useState<Target>('counts');
  const [file, setFile] = useState<File>();
  const [step, setStep] = useState<Step>({ at: 'choosing' });
  const [isOver, setOver] = useState(false);

  const check = async (chosen: File, chosenTarget: Target) => {
    setFile(chosen);
    setStep({ at: 'checking', sent: 0 });
    try {
      const path = `/imports/${chosenTarget}?dryRun=true`;
      const found = await upload<DryRun>(path, chosen, undefined, ({ sent }) =>
        setStep({ at: 'checking', sent }),
      );
      const preview = await readPreview(chosen, found);
      setStep({ at: 'checked', found, preview });
    } catch (error) {
      setStep({ at: 'failed', error });
    }
  };
  const record = async (chosen: File, found: DryRun) => {
    setStep({ at: 'recording', sent: 0 });
    const key = importKey(target, chosen);
    try {
      const { recorded } = await upload<{ recorded: number }>(
        `/imports/${target}?asOf=${found.asOf}`,
        chosen,
        key,
        ({ sent }) => setStep({ at: 'recording', sent }),
      );
      forgetImportKey(target, chosen);
      setStep({ at: 'done', recorded });
      void queries.invalidateQueries();
    } catch (error) {
      // Only a definite answer frees the key: after anything else the same file is sent under it again.
      if (error instanceof Refused && error.problem.status < 500) forgetImportKey(target, chosen);
      setStep({ at: 'failed', error, recording: found });
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
  const isBusy = step.at === 'checking' || step.at === 'recording';

  return (
    <Screen title="Import" subtitle="All of a file is recorded, or nothing of it." scrolls>
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
        <strong>{file ? file.name : 'Drop a CSV file here, or choose one'}</strong>
        <span className="muted small">Columns: {COLUMNS[target]}</span>
        <input
          ref={input}
          type="file"
          accept=".csv,text/csv"
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
        <Checked {...step} onRecord={() => record(file, step.found)} onStartOver={startOver} />
      )}
      {step.at === 'failed' && (
        <Card title={failureTitle(step)}>
          <Fault error={step.error} />
          <RefusedLines error={step.error} />
          <div className={style.buttons}>
            {file && (
              <Button
                look="main"
                onClick={() =>
                  step.recording ? record(file, step.recording) : check(file, target)
                }
              >
                Try again
              </Button>
            )}
            <Button onClick={startOver}>Choose another file</Button>
          </div>
          {step.recording && (
            <p className="muted small">To try again is safe: the file is recorded once at most.</p>
          )}
        </Card>
      )}
      {step.at === 'done' && (
        <Card title="Recorded">
          <p className={style.good} role="status">
            {units(step.recorded)} lines were recorded.
          </p>
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

/** A refusal is definite. After anything else nobody knows, until the file is sent again. */
function failureTitle({ error, recording }: Extract<Step, { at: 'failed' }>): string {
  if (!recording) return 'Not looked through';
  const isDefinite = error instanceof Refused && error.problem.status < 500;
  return isDefinite ? 'Not recorded' : 'Not known yet whether it was recorded';
}

/** What the ledger refuses of a file, by line. */
function RefusedLines({ error }: { error: unknown }) {
  if (!(error instanceof Refused) || !Array.isArray(error.problem.errors)) return null;
  const lines = (error.problem.errors as Partial<Problem & { line: number }>[]).filter(
    ({ line }) => line !== undefined,
  );
  return (
    <ul className={style.bad}>
      {lines.map(({ line, detail }) => (
        <li key={`${line} ${detail}`}>
          Line {units(line)}: {detail}
        </li>
      ))}
    </ul>
  );
}

interface CheckedProps {
  readonly found: DryRun;
  readonly preview: Preview;
  onRecord(): void;
  onStartOver(): void;
}

/** What the dry run found: the faulty lines with what is in them, or the first lines of a file without faults. */
function Checked({ found, preview, onRecord, onStartOver }: CheckedProps) {
  const { rows, faulty, faults } = found;
  return (
    <Card
      title={
        faulty === 0
          ? `${units(rows)} lines, no fault`
          : `${units(faulty)} of ${units(rows)} lines are faulty`
      }
    >
      <div className={style.buttons}>
        <Button look="main" disabled={faulty > 0 || rows === 0} onClick={onRecord}>
          Record {units(rows)} lines
        </Button>
        <Button onClick={onStartOver}>Choose another file</Button>
      </div>
      {faulty > 0 && (
        <>
          <p className={style.bad} role="alert">
            Nothing can be recorded until these are mended in the file.
            {faults.length < faulty && ` The first ${units(faults.length)} are shown.`}
          </p>
          <TableFrame label="Faulty lines">
            <table className={table.table}>
              <thead>
                <tr>
                  <th className={table.number}>Line</th>
                  <th>Column</th>
                  <th>What is wrong</th>
                  <th>In the file</th>
                </tr>
              </thead>
              <tbody>
                {faults.map(({ line, column, detail }) => (
                  <tr key={`${line} ${column} ${detail}`}>
                    <td className={table.number}>{units(line)}</td>
                    <td>{column ?? 'whole line'}</td>
                    <td>{detail}</td>
                    <td>
                      <code className={style.line}>{preview.lines.get(line)}</code>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </TableFrame>
        </>
      )}
      {faulty === 0 && (
        <>
          <p className="muted small">It begins so:</p>
          <pre className={style.preview}>{preview.head}</pre>
        </>
      )}
    </Card>
  );
}
