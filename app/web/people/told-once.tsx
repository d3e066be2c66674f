import { useState } from 'react';
import { Button } from '../ui/controls';
import style from './people-screen.module.css';

interface ToldOnceProps {
  readonly label: string;
  readonly secret: string;
  /** What it is for, and until when. */
  readonly hint: string;
  onClose(): void;
}

/** A link or a key that nobody can see again, with a button to copy it. */
export function ToldOnce({ label, secret, hint, onClose }: ToldOnceProps) {
  const [said, setSaid] = useState('');
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(secret);
      setSaid('Copied.');
    } catch {
      setSaid('This browser does not copy here: select the text and copy it by hand.');
    }
  };
  return (
    <div className={style.told}>
      <p>
        <strong>{label}.</strong> {hint} It is shown this once.
      </p>
      <code className={style.secret}>{secret}</code>
      <div className={style.buttons}>
        <Button onClick={() => void copy()}>Copy</Button>
        <Button look="quiet" onClick={onClose}>
          Done
        </Button>
      </div>
      <p className="small muted" role="status">
        {said}
      </p>
    </div>
  );
}
