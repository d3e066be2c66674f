import { createContext, type ReactNode, useCallback, useContext, useRef, useState } from 'react';
import style from './announce.module.css';

/** How a message is meant. */
export type Tone = 'good' | 'bad' | 'plain';

interface Message {
  readonly id: number;
  readonly text: string;
  readonly tone: Tone;
}

/** How long a message stays in sight. */
const SHOWN_MS = 6_000;

/** Messages in sight at a time. */
const MESSAGES_MAX = 3;

type Announce = (text: string, tone?: Tone) => void;

const AnnounceContext = createContext<Announce>(() => {});

/** Says something short to everyone: in a corner, and to screen readers. */
export function useAnnounce(): Announce {
  return useContext(AnnounceContext);
}

export function Announcer({ children }: { children: ReactNode }) {
  const [messages, setMessages] = useState<readonly Message[]>([]);
  const counter = useRef(0);
  const announce = useCallback<Announce>((text, tone = 'plain') => {
    counter.current += 1;
    const id = counter.current;
    setMessages((before) => [...before.slice(1 - MESSAGES_MAX), { id, text, tone }]);
    setTimeout(() => setMessages((before) => before.filter((one) => one.id !== id)), SHOWN_MS);
  }, []);
  return (
    <AnnounceContext value={announce}>
      {children}
      <div className={style.messages} role="log" aria-label="Messages">
        {messages.map(({ id, text, tone }) => (
          <p key={id} className={`${style.message} ${style[tone]}`}>
            {text}
          </p>
        ))}
      </div>
    </AnnounceContext>
  );
}
