import { X } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { Button } from './controls';
import style from './dialog.module.css';

/** A dialog over the page: Escape and the cross close it, and focus goes back to where it was. */
export function Dialog(props: { title: string; onClose(): void; children: ReactNode }) {
  const { title, onClose, children } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  const isHidden = useRef(false);
  useEffect(() => {
    const before = document.activeElement as HTMLElement | null;
    const shown = dialog.current;
    isHidden.current = false;
    shown?.showModal();
    // Not the cross: there a scan or an Enter would close the dialog.
    shown?.querySelector('input')?.focus();
    return () => {
      // The dialog of a screen that is kept while somebody signs in must not hold what is shown instead.
      isHidden.current = true;
      shown?.close();
      before?.focus();
    };
  }, []);
  const onClosed = () => {
    if (!isHidden.current && !dialog.current?.open) onClose();
  };
  return (
    <dialog ref={dialog} className={style.dialog} aria-label={title} onClose={onClosed}>
      <header className={style.header}>
        <h2>{title}</h2>
        <Button look="quiet" aria-label="Close" onClick={() => dialog.current?.close()}>
          <X size={18} aria-hidden />
        </Button>
      </header>
      {children}
    </dialog>
  );
}
