import { type ReactNode, useId } from 'react';
import style from './card.module.css';

/** A titled part of a screen. */
export function Card(props: { title: string; actions?: ReactNode; children: ReactNode }) {
  const { title, actions, children } = props;
  const id = useId();
  return (
    <section className={style.card} aria-labelledby={id}>
      <header className={style.header}>
        <h2 id={id}>{title}</h2>
        {actions}
      </header>
      {children}
    </section>
  );
}
