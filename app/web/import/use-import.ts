import { useMemo, useState } from 'react';
import { Refused } from '../../client/failure';
import type { Imported } from '../../wire/imports';
import { useFirstLocation } from '../location/use-first-location';
import { useShopLocations } from '../location/use-shop-locations';
import { usePage } from '../page';
import {
  type CheckedFile,
  type Choices,
  dryRunPath,
  type ImportTarget,
  recordQuery,
} from './dry-run';
import { forgetImportKey, importKey, settleEarlier } from './import-key';
import { uploadFile } from './upload-file';

/** The state of an import. */
export type ImportStep =
  | { readonly at: 'choosing' }
  | { readonly at: 'checking' | 'recording'; readonly sent: number }
  | { readonly at: 'checked'; readonly found: CheckedFile }
  | {
      readonly at: 'failed';
      readonly error: unknown;
      /** What was to be recorded; undefined if the file was only checked. */
      readonly query?: string;
    }
  | { readonly at: 'done'; readonly imported: Imported };

/** An import that failed. */
export type FailedStep = Extract<ImportStep, { at: 'failed' }>;

/** A file that is looked through, and then recorded. */
export function useImport() {
  const { queries } = usePage();
  const [target, setTarget] = useState<ImportTarget>('counts');
  const [file, setFile] = useState<File>();
  const { areSeveral } = useShopLocations();
  const firstLocation = useFirstLocation();
  const [chosen, setChoices] = useState<Choices>({ addsUp: false });
  const choices = useMemo<Choices>(
    () => ({
      addsUp: chosen.addsUp,
      ...(areSeveral && { locationID: chosen.locationID ?? firstLocation }),
    }),
    [chosen, areSeveral, firstLocation],
  );
  const [step, setStep] = useState<ImportStep>({ at: 'choosing' });
  const isBusy = step.at === 'checking' || step.at === 'recording';

  const check = async (chosen: File, chosenTarget: ImportTarget, chosenChoices = choices) => {
    setFile(chosen);
    setStep({ at: 'checking', sent: 0 });
    try {
      const path = dryRunPath(chosenTarget, chosenChoices);
      const dryRun = await uploadFile<CheckedFile['dryRun']>(path, chosen, undefined, ({ sent }) =>
        setStep({ at: 'checking', sent }),
      );
      setStep({ at: 'checked', found: { target: chosenTarget, dryRun } as CheckedFile });
    } catch (error) {
      setStep({ at: 'failed', error });
    }
  };
  const record = async (chosen: File, query: string) => {
    setStep({ at: 'recording', sent: 0 });
    try {
      const imported =
        (await settleEarlier(target, chosen, query)) ??
        (await uploadFile<Imported>(
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
  };
  const tryAgain = (chosen: File, { error, query }: FailedStep) =>
    query === undefined || isDefinite(error) ? check(chosen, target) : record(chosen, query);
  return {
    target,
    file,
    choices,
    step,
    isBusy,
    startOver,
    choose: (chosen: File) => void check(chosen, target),
    chooseTarget: (value: ImportTarget) => {
      // A file under way is for what was chosen when it was sent.
      if (isBusy) return;
      setTarget(value);
      if (file) void check(file, value);
    },
    changeChoices: (changed: Choices) => {
      setChoices(changed);
      if (file) void check(file, target, changed);
    },
    checkAgain: () => file && void check(file, target),
    /** Records what was found. @param skipsMoved whether to leave out what changed since it was counted */
    recordFound: (found: CheckedFile, skipsMoved: boolean) =>
      file && void record(file, recordQuery(found, choices, skipsMoved)),
    /** Looks through the file once more, or sends it once more to be recorded. */
    tryAgain: (failed: FailedStep) => file && void tryAgain(file, failed),
  };
}

/** Whether the service has said what became of the file. Otherwise only sending it again tells. */
export function isDefinite(error: unknown): boolean {
  return error instanceof Refused && error.problem.status < 500;
}
