import type { ReactNode } from 'react';
import table from './table.module.css';

/** A frame in which a table that is too wide scrolls sideways, by the arrow keys too. */
export function TableFrame({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: else only a pointer scrolls it.
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for the fields of a form.
    <div role="group" aria-label={label} tabIndex={0} className={table.frame}>
      {children}
    </div>
  );
}
