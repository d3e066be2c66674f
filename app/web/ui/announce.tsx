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

/** How a message is meant. */
export type Tone = 'good' | 'bad' | 'plain';

/** What can be done about a message while it is in sight. */
export interface MessageAction {
  /** In a word: "Undo". */
  readonly text: string;
  run(): void;
}

interface Message {
  readonly id: number;
  readonly text: string;
  readonly tone: Tone;
  readonly action?: MessageAction | undefined;
}

/** How long a message stays in sight. */
const SHOWN_MS = 6_000;

/** The same where something can be done about it: reading, deciding and getting there takes longer. */
const SHOWN_WITH_ACTION_MS = 20_000;

/** Messages in sight at a time. */
const MESSAGES_MAX = 3;

const TAKES_TEXT = 'input:not([type="radio"], [type="checkbox"]), select, textarea';

type Announce = (text: string, tone?: Tone, action?: MessageAction) => void;

const AnnounceContext = createContext<Announce>(() => {});

/** Says something short to everyone: in a corner, and to screen readers. */
export function useAnnounce(): Announce {
  return useContext(AnnounceContext);
}

export function Announcer({ children }: { children: ReactNode }) {
  const [messages, setMessages] = useState<readonly Message[]>([]);
  const counter = useRef(0);
  const remove = useCallback(
    (id: number) => setMessages((before) => before.filter((one) => one.id !== id)),
    [],
  );
  const announce = useCallback<Announce>(
    (text, tone = 'plain', action) => {
      counter.current += 1;
      const id = counter.current;
      setMessages((before) => [...before.slice(1 - MESSAGES_MAX), { id, text, tone, action }]);
      setTimeout(() => remove(id), action ? SHOWN_WITH_ACTION_MS : SHOWN_MS);
    },
    [remove],
  );
  const act = useCallback(
    ({ id, action }: Message) => {
      remove(id);
      action?.run();
    },
    [remove],
  );
  const latest = messages.findLast(({ action }) => action);
  // As everywhere: what was done last is undone by this, unless somebody types.
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const isUndo = event.key.toLowerCase() === 'z' && (event.ctrlKey || event.metaKey);
      if (!isUndo || event.shiftKey || event.altKey || event.repeat || !latest) return;
      if (event.target instanceof Element && event.target.matches(TAKES_TEXT)) return;
      event.preventDefault();
      act(latest);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [latest, act]);
  return (
    <AnnounceContext value={announce}>
      {children}
      <div className={style.messages} role="log" aria-label="Messages">
        {messages.map((message) => (
          <p key={message.id} className={`${style.message} ${style[message.tone]}`}>
            {message.text}
            {message.action && (
              <>
                {' '}
                <Button className={style.action} onClick={() => act(message)}>
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
