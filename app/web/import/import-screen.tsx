import { useRef } from 'react';
import { keepLocation } from '../location/kept-location';
import { LocationSelect } from '../location/location-select';
import { useShopLocations } from '../location/use-shop-locations';
import { useMay } from '../session/use-may';
import { Choice } from '../ui/controls';
import { Screen } from '../ui/screen';
import { Checked } from './checked';
import { FileDrop } from './file-drop';
import { ImportDone } from './import-done';
import { ImportFailed } from './import-failed';
import { ImportProgress } from './import-progress';
import { useImport } from './use-import';

const TARGETS = [
  { value: 'counts', text: 'Counts', scope: 'stock:count' },
  { value: 'products', text: 'Products', scope: 'catalogue:write' },
] as const;

/** Many counts, or products, from a file. It is looked through first; then all of it is recorded, or nothing. */
export default function ImportScreen() {
  const { target, file, choices, step, isBusy, ...actions } = useImport();
  const may = useMay();
  const locations = useShopLocations();
  const input = useRef<HTMLInputElement>(null);
  const startOver = () => {
    actions.startOver();
    if (input.current) input.current.value = '';
  };
  return (
    <Screen title="Import" subtitle="Either the whole file is recorded, or nothing.">
      <Choice
        label="What the file has"
        value={target}
        options={TARGETS.filter(({ scope }) => may(scope))}
        onChange={actions.chooseTarget}
      />
      {target === 'counts' && locations.areSeveral && (
        <LocationSelect
          label="Counted at (lines that name no location)"
          value={choices.locationID}
          options={locations.own}
          onChange={(locationID) => {
            if (locationID === undefined || isBusy) return;
            keepLocation(locationID);
            actions.changeChoices({ ...choices, locationID });
          }}
        />
      )}
      <FileDrop
        input={input}
        target={target}
        file={file}
        isBusy={isBusy}
        onChoose={actions.choose}
      />
      {(step.at === 'checking' || step.at === 'recording') && (
        <ImportProgress at={step.at} sent={step.sent} />
      )}
      {step.at === 'checked' && file && (
        <Checked
          found={step.found}
          choices={choices}
          onChoose={actions.changeChoices}
          onRecord={(skipsMoved) => actions.recordFound(step.found, skipsMoved)}
          onCheckAgain={actions.checkAgain}
          onStartOver={startOver}
        />
      )}
      {step.at === 'failed' && (
        <ImportFailed
          failed={step}
          onTryAgain={() => actions.tryAgain(step)}
          onStartOver={startOver}
        />
      )}
      {step.at === 'done' && <ImportDone imported={step.imported} onStartOver={startOver} />}
    </Screen>
  );
}
