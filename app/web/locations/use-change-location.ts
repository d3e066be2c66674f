import { useMutation } from '@tanstack/react-query';
import { Refused } from '../../client/failure';
import type { LocationAnswer } from '../../wire/locations';
import { ask } from '../api/ask';
import { usePage } from '../page';
import { useAnnounce } from '../ui/announce';

/** A change of a location. Repeated, it does the same. */
interface LocationChange {
  readonly method: 'PUT' | 'DELETE';
  /** The location; a new one, of the next number, if it is left out. */
  readonly locationID?: number | undefined;
  readonly json?: object;
  /** Said once it is done: "Van is retired". */
  readonly done: string;
}

/** Changes a location, and says that it is done. */
export function useChangeLocation() {
  const { live } = usePage();
  const announce = useAnnounce();
  return useMutation({
    mutationFn: async ({ method, locationID, json }: LocationChange) =>
      ask(`/locations/${locationID ?? (await nextNumber())}`, { method, ...(json && { json }) }),
    onSuccess: (_answer, { done }) => announce(done, 'good'),
    onSettled: () => live.locate(),
  });
}

/** The number after the largest, as the service knows it now: somebody else may have just added one. */
async function nextNumber(): Promise<number> {
  const { body } = await ask<LocationAnswer[]>('/locations', { cache: 'no-store' });
  return Math.max(...body.map(({ locationID }) => locationID)) + 1;
}

/** Why a location was not changed. */
export function whyNot(error: unknown): string {
  if (error instanceof Refused) return error.problem.detail;
  return 'The service does not answer, so this may not have been done. Look at the list, and try again.';
}
