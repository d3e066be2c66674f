import { FileUp } from 'lucide-react';
import { type DragEvent, type RefObject, useState } from 'react';
import type { ImportTarget } from './dry-run';
import style from './import-screen.module.css';

/** The columns that a file may have. */
const COLUMNS: Record<ImportTarget, string> = {
  counts: 'Product number, SKU or barcode; available; optionally record, reference and note',
  products:
    'Name; optionally product number, SKU, barcode, image, price, reorder at and reorder quantity',
};

/** Files that can be read. */
const ACCEPTED =
  '.csv,.tsv,.txt,.xlsx,text/csv,text/tab-separated-values,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

interface FileDropProps {
  readonly input: RefObject<HTMLInputElement | null>;
  readonly target: ImportTarget;
  readonly file: File | undefined;
  /** Whether a file is under way: no other one is taken then. */
  readonly isBusy: boolean;
  onChoose(file: File): void;
}

/** Where a file is dropped or chosen. */
export function FileDrop({ input, target, file, isBusy, onChoose }: FileDropProps) {
  const [isOver, setOver] = useState(false);
  const choose = (files: FileList | null) => {
    const chosen = files?.[0];
    if (chosen) onChoose(chosen);
  };
  return (
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
        CSV or Excel (.xlsx). The first row names the columns. {COLUMNS[target]}.
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
  );
}
