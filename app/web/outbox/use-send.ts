import { useRef, useState } from 'react';
import type { ProblemAnswer } from '../../wire/problem';
import { usePage } from '../page';
import { type ChangeRequest, newKey } from './change-request';
import type { Settled } from './outbox-state';
import { useLooking } from './use-looking';

/** A change as a form makes it. */
type FormChange = Omit<ChangeRequest, 'key' | 'madeAt' | 'method' | 'actor'>;

/**
 * Sends what a form has, once for each decision: a second press while it is on its way is the first one's. It posts JSON.
 *
 * @returns what `send` came to; undefined if the same is on its way already
 */
export function useSend<T>() {
  const { outbox } = usePage();
  const looking = useLooking();
  const [isSending, setSending] = useState(false);
  const [problem, setProblem] = useState<ProblemAnswer>();
  const key = useRef(newKey());
  const isBusy = useRef(false);
  const send = async (change: FormChange): Promise<Settled<T> | undefined> => {
    if (isBusy.current) return undefined;
    isBusy.current = true;
    setSending(true);
    setProblem(undefined);
    const request = { ...change, method: 'POST', key: key.current, madeAt: Date.now() } as const;
    const settled = await outbox.send<T>(request, looking.current.signal);
    key.current = newKey();
    isBusy.current = false;
    setSending(false);
    if (settled.outcome === 'refused') setProblem(settled.problem);
    return settled;
  };
  return { send, isSending, problem, clearProblem: () => setProblem(undefined) };
}
