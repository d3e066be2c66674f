import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Refused } from '../../client/failure';
import type { AccessEventAnswer, KeyAnswer, PersonAnswer } from '../../wire/access';
import { ask } from '../api/ask';
import { useAnnounce } from '../ui/announce';

/** The lists that are loaded again after a change. */
export const ACCESS = ['access'] as const;

/** How often the lists are loaded again: others invite and sign in, too. */
const REFRESH_MS = 10_000;

export function usePeople() {
  return useQuery({
    queryKey: [...ACCESS, 'people'],
    queryFn: async () => (await ask<PersonAnswer[]>('/people')).body,
    refetchInterval: REFRESH_MS,
  });
}

/** One person; undefined until it is known who. */
export function usePerson(personID: number | undefined) {
  return useQuery({
    queryKey: [...ACCESS, 'people', personID],
    queryFn: async () => (await ask<PersonAnswer>(`/people/${personID}`)).body,
    enabled: personID !== undefined,
    refetchInterval: REFRESH_MS,
  });
}

export function useKeys() {
  return useQuery({
    queryKey: [...ACCESS, 'keys'],
    queryFn: async () => (await ask<KeyAnswer[]>('/keys')).body,
    refetchInterval: REFRESH_MS,
  });
}

/** Events of one page. */
const LOG_PAGE = 30;

/** Who was let in, refused and changed, newest first, page by page. */
export function useAccessLog() {
  return useInfiniteQuery({
    queryKey: [...ACCESS, 'log'],
    queryFn: ({ pageParam }) => ask<AccessEventAnswer[]>(pageParam),
    initialPageParam: `/access?before=${Number.MAX_SAFE_INTEGER}&limit=${LOG_PAGE}`,
    getNextPageParam: ({ next }) => next,
    refetchInterval: REFRESH_MS,
  });
}

/** A change of who may do what. */
interface AccessChange {
  readonly method: 'PATCH' | 'DELETE';
  readonly path: string;
  readonly json?: object;
  /** Said once it is done: "ann is removed". */
  readonly done: string;
}

/** Changes who may do what, and says what came of it. */
export function useChangeAccess() {
  const queries = useQueryClient();
  const announce = useAnnounce();
  return useMutation({
    mutationFn: ({ method, path, json }: AccessChange) =>
      ask(path, { method, ...(json && { json }) }),
    onSuccess: (_answer, { done }) => announce(done, 'good'),
    onError: (error) => announce(whyNot(error), 'bad'),
    onSettled: () => queries.invalidateQueries({ queryKey: ACCESS }),
  });
}

/** Makes something whose answer has a secret. It is told once. */
export function useMake<T>(path: '/invitations' | '/keys') {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (json: object) => (await ask<T>(path, { method: 'POST', json })).body,
    onSettled: () => queries.invalidateQueries({ queryKey: ACCESS }),
  });
}

/** Why a change was not made. */
export function whyNot(error: unknown): string {
  if (error instanceof Refused) return error.problem.detail;
  return 'The service does not answer, so this may not have been done. Look at the list, and try again.';
}
