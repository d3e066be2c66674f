import { useRef } from 'react';
import { Choice } from '../ui/controls';
import { Screen } from '../ui/screen';
import { Checked } from './checked';
import { FileDrop } from './file-drop';
import { ImportDone } from './import-done';
import { ImportFailed } from './import-failed';
import { ImportProgress } from './import-progress';
import { useImport } from './use-import';

/** Many counts, or products, from a file. It is looked through first; then all of it is recorded, or nothing. */
export default function ImportScreen() {
  const { target, file, choices, step, isBusy, ...todo } = useImport();
  const input = useRef<HTMLInputElement>(null);
  const startOver = () => {
    todo.startOver();
    if (input.current) input.current.value = '';
  };
  return (
    <Screen title="Import" subtitle="Either the whole file is recorded, or nothing.">
      <Choice
        label="What the file has"
        value={target}
        options={[
          { value: 'counts', text: 'Counts' },
          { value: 'products', text: 'Products' },
        ]}
        onChange={todo.chooseTarget}
      />
      <FileDrop input={input} target={target} file={file} isBusy={isBusy} onChoose={todo.choose} />
      {(step.at === 'checking' || step.at === 'recording') && (
        <ImportProgress at={step.at} sent={step.sent} />
      )}
      {step.at === 'checked' && file && (
        <Checked
          found={step.found}
          choices={choices}
          onChoose={todo.chooseSo}
          onRecord={(skipsMoved) => todo.recordFound(step.found, skipsMoved)}
          onCheckAgain={todo.checkAgain}
          onStartOver={startOver}
        />
      )}
      {step.at === 'failed' && (
        <ImportFailed
          failed={step}
          onTryAgain={() => todo.tryAgain(step)}
          onStartOver={startOver}
        />
      )}
      {step.at === 'done' && <ImportDone imported={step.imported} onStartOver={startOver} />}
    </Screen>
  );
}
