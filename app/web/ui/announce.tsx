import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useRef,
  useState,
} from 'react';
import style from './announce.module.css';
import { Button } from './controls';

/** How a message looks. */
type Tone = 'good' | 'bad' | 'plain';

/** What a user can do about a message while it is visible. */
interface MessageAction {
  /** In a word: "Undo". */
  readonly text: string;
  /** @returns whether it is done; else the message stays, so that it can be tried again */
  run(): Promise<boolean>;
}

interface Announcement {
  readonly id: number;
  readonly text: string;
  readonly tone: Tone;
  readonly action?: MessageAction | undefined;
}

/** How long a message is visible. */
const SHOWN_MS = 6_000;

/** The same for a message with a button: reading, deciding and reaching it take longer. */
const SHOWN_WITH_ACTION_MS = 20_000;

/** Messages visible at a time. */
const MESSAGES_MAX = 3;

const TAKES_TEXT = 'input:not([type="radio"], [type="checkbox"]), select, textarea';

type Announce = (text: string, tone?: Tone, action?: MessageAction) => void;

const AnnounceContext = createContext<Announce>(() => {});

/** Shows a short message in a corner, and tells it to screen readers. */
export function useAnnounce(): Announce {
  return useContext(AnnounceContext);
}

export function Announcer({ children }: { children: ReactNode }) {
  const [messages, setMessages] = useState<readonly Announcement[]>([]);
  const counter = useRef(0);
  /** Messages whose action runs: they stay until it is over. */
  const running = useRef(new Set<number>());
  const timers = useRef(new Map<number, ReturnType<typeof setTimeout>>());
  /** What had the focus before it came to a message. */
  const focusedBefore = useRef<HTMLElement>(null);
  const log = useRef<HTMLDivElement>(null);
  const remove = useCallback((id: number) => {
    const isFocused = document.activeElement?.closest(`[data-message="${id}"]`);
    // The focus returns to where it was. On the next message, another Enter would press its button.
    if (isFocused) {
      const before = focusedBefore.current;
      (before?.isConnected ? before : document.getElementById('content'))?.focus();
    }
    timers.current.delete(id);
    setMessages((before) => before.filter((one) => one.id !== id));
  }, []);
  const removeLater = useCallback(
    (id: number, ms: number) =>
      timers.current.set(
        id,
        setTimeout(() => remove(id), ms),
      ),
    [remove],
  );
  const announce = useCallback<Announce>(
    (text, tone = 'plain', action) => {
      counter.current += 1;
      const message = { id: counter.current, text, tone, action };
      setMessages((before) => shortened([...before, message]));
      removeLater(message.id, action ? SHOWN_WITH_ACTION_MS : SHOWN_MS);
    },
    [removeLater],
  );
  const act = useCallback(
    async ({ id, action }: Announcement) => {
      if (!action || running.current.has(id)) return;
      running.current.add(id);
      clearTimeout(timers.current.get(id));
      const isDone = await action.run().finally(() => running.current.delete(id));
      if (isDone) remove(id);
      else removeLater(id, SHOWN_WITH_ACTION_MS);
    },
    [remove, removeLater],
  );
  const latest = messages.findLast(({ action }) => action);
  // Ctrl+Z undoes the last change, as in other programs, unless somebody types.
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const isUndo = event.key.toLowerCase() === 'z' && (event.ctrlKey || event.metaKey);
      if (!isUndo || event.shiftKey || event.altKey || event.repeat || !latest) return;
      if (event.target instanceof Element && event.target.matches(TAKES_TEXT)) return;
      event.preventDefault();
      void act(latest);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [latest, act]);
  return (
    <AnnounceContext value={announce}>
      {children}
      <div
        ref={log}
        className={style.messages}
        role="log"
        aria-label="Messages"
        onFocus={({ relatedTarget }) => {
          if (log.current?.contains(relatedTarget)) return;
          focusedBefore.current = relatedTarget as HTMLElement | null;
        }}
      >
        {messages.map((message) => (
          <p
            key={message.id}
            data-message={message.id}
            className={`${style.message} ${style[message.tone]}`}
          >
            {message.text}
            {message.action && (
              <>
                {' '}
                <Button className={style.action} onClick={() => void act(message)}>
                  {message.action.text}
                  {message === latest && <kbd>Ctrl Z</kbd>}
                </Button>
              </>
            )}
          </p>
        ))}
      </div>
    </AnnounceContext>
  );
}

/** Drops the oldest message if there are too many; one with an action goes last. */
function shortened(messages: readonly Announcement[]): readonly Announcement[] {
  if (messages.length <= MESSAGES_MAX) return messages;
  const goes = messages.slice(0, -1).find(({ action }) => !action) ?? messages[0];
  return messages.filter((message) => message !== goes);
}
