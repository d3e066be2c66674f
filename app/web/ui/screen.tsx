import { type ReactNode, useEffect } from 'react';
import style from './screen.module.css';

interface ScreenProps {
  readonly title: string;
  /** A word under the title. */
  readonly subtitle?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** What every screen is framed by: its title, what can be done on it, and its place to fill. */
export function Screen({ title, subtitle, actions, children }: ScreenProps) {
  useEffect(() => {
    document.title = `${title} · Inventory`;
  }, [title]);
  return (
    <main className={style.screen}>
      <header className={style.header}>
        <div>
          <h1>{title}</h1>
          {subtitle && <p className="muted small">{subtitle}</p>}
        </div>
        {actions && <div className={style.actions}>{actions}</div>}
      </header>
      {children}
    </main>
  );
}
