import type { AccessEventAnswer } from '../../wire/access';
import { actorInWords, OPEN_ACTOR } from '../../wire/actor';
import { Button } from '../ui/controls';
import { time } from '../ui/format';
import { Fault, Loading } from '../ui/states';
import { useAccessLog } from './access-lists';
import { accessInWords } from './access-words';
import style from './people-screen.module.css';

/** Who was let in, refused and changed, newest first. */
export function AccessLog() {
  const log = useAccessLog();
  const { data, error, hasNextPage, isFetchingNextPage } = log;
  if (!data) {
    return error ? (
      <Fault error={error} retry={() => void log.refetch()} />
    ) : (
      <Loading label="Loading what happened" lines={4} />
    );
  }
  return (
    <>
      <p className="small muted">
        Each device and key that was let in is noted once a day, and the same refusal once an hour.
      </p>
      <ol className={style.log} aria-label="Who was let in, refused and changed">
        {data.pages.flatMap(({ body }) =>
          body.map((event) => (
            <li key={event.entry}>
              <span className={event.event === 'refused' ? style.refused : undefined}>
                {accessInWords(event)}
                {by(event)}
              </span>
              <time className="small muted" dateTime={event.recordedAt}>
                {time(event.recordedAt)}
              </time>
            </li>
          )),
        )}
      </ol>
      {hasNextPage && (
        <Button
          className={style.more ?? ''}
          aria-disabled={isFetchingNextPage}
          onClick={() => !isFetchingNextPage && void log.fetchNextPage()}
        >
          {isFetchingNextPage ? 'Loading …' : 'Show older'}
        </Button>
      )}
    </>
  );
}

/** Who asked for it, unless it is the person that it is about. */
function by({ actor, person }: AccessEventAnswer): string {
  if (actor === undefined) return '';
  if (actor === OPEN_ACTOR) return ', while nobody had to sign in';
  const who = actorInWords(actor);
  return who === person ? '' : `, by ${who.replace(/^key:/, 'the key ')}`;
}
