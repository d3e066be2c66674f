import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { service } from '../api/ask';
import { useLive } from '../page';
import { Button } from '../ui/controls';
import style from '../ui/notice.module.css';
import { isHalfTyped } from './half-typed';

/** How often a page that stays open looks for a new build. A restart of the service is noticed at once. */
const LOOK_MS = 600_000;

/** The script that a page starts with. Its name has a hash over the whole page. */
const ENTRY = 'script[type="module"][src]';

/** Whether the service has another build of the page than the one that runs, and how to look at once. */
export function useNewBuild(): { readonly isNew: boolean; look(): Promise<unknown> } {
  const { data = false, refetch } = useQuery({
    queryKey: ['new-build'],
    queryFn: isAnotherServed,
    refetchInterval: LOOK_MS,
    refetchOnWindowFocus: true,
    staleTime: LOOK_MS,
    retry: false,
  });
  return { isNew: data, look: refetch };
}

/** Says that there is a new build, and offers to load it. It interrupts nobody. */
export function NewBuildNotice() {
  const { connection } = useLive();
  const { isNew, look } = useNewBuild();
  // A new build comes with a restart of the service, which breaks the stream.
  useEffect(() => {
    if (connection === 'live') void look();
  }, [connection, look]);
  return (
    <div role="status" className={isNew ? style.notice : 'unseen'}>
      {isNew && (
        <>
          <p>There is a new version of this page.</p>
          <ReloadButton />
        </>
      )}
    </div>
  );
}

/** Reloads the page. The browser keeps changes that wait to be sent. If something is half typed, it asks first. */
export function ReloadButton() {
  const [isAsking, setAsking] = useState(false);
  if (!isAsking) {
    return (
      <Button onClick={() => (isHalfTyped() ? setAsking(true) : location.reload())}>Reload</Button>
    );
  }
  return (
    <>
      <p role="alert">What you have typed is not recorded yet, and would be lost.</p>
      <Button look="danger" onClick={() => location.reload()}>
        Reload anyway
      </Button>{' '}
      <Button look="quiet" onClick={() => setAsking(false)}>
        Not now
      </Button>
    </>
  );
}

async function isAnotherServed(): Promise<boolean> {
  // Not from the browser's cache, which would answer with the old page.
  const response = await service.reach(document.baseURI, { cache: 'no-cache' });
  const served = new DOMParser().parseFromString(await response.text(), 'text/html');
  const [here, there] = [document, served].map((page) =>
    page.querySelector(ENTRY)?.getAttribute('src'),
  );
  // A page without such a script does not come from the service, but from a proxy or the like.
  return there !== undefined && there !== null && there !== here;
}
