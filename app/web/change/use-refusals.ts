import { type RefObject, useEffect, useRef, useState } from 'react';
import type { ProblemAnswer } from '../../wire/problem';
import { DELIBERATE_MS } from '../ui/presses';
import { type Input, inputFaults } from './field-faults';

type InputFaults = ReadonlyMap<Input, string>;
const NO_FAULTS: InputFaults = new Map();

/** Why the change form was not sent, or was refused: what has to be corrected at each input, or a problem. */
export function useRefusals(form: RefObject<HTMLFormElement | null>) {
  const [faults, setFaults] = useState(NO_FAULTS);
  const [problem, setProblem] = useState<ProblemAnswer>();
  const refusedAt = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    // The focus goes to the first field that has to be corrected.
    const [first] = faults.keys();
    if (first) form.current?.querySelector<HTMLInputElement>('[aria-invalid]')?.focus();
  }, [faults]);
  const noteRefused = () => {
    refusedAt.current = performance.now();
  };
  return {
    faults,
    problem,
    setFaults,
    clear: () => {
      setFaults(NO_FAULTS);
      setProblem(undefined);
    },
    /** Shows what the service refused. */
    show: (refused: ProblemAnswer) => {
      noteRefused();
      const atInputs = inputFaults(refused);
      if (atInputs.size > 0) setFaults(atInputs);
      else setProblem(refused);
    },
    /** From now on an Enter may be an echo. */
    noteRefused,
    /** Something was typed: the next Enter is a new decision. */
    noteTyped: () => {
      refusedAt.current = Number.NEGATIVE_INFINITY;
    },
    /** Whether an Enter now repeats the one that was just refused, and is no second decision. */
    isEcho: () => performance.now() - refusedAt.current < DELIBERATE_MS,
  };
}
