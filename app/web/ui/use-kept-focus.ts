import { type FocusEvent, useLayoutEffect, useRef } from 'react';

/**
 * Keeps the keyboard focus in a part of the page whose items come and go. If the item with the focus has
 * gone, the item in its place gets it, or the part itself if no item is left.
 *
 * @param selector what an item is
 * @returns properties of the part
 */
export function useKeptFocus<E extends HTMLElement>(selector: string) {
  const part = useRef<E>(null);
  const place = useRef(-1);
  const items = () => [...(part.current?.querySelectorAll<HTMLElement>(selector) ?? [])];
  useLayoutEffect(() => {
    if (place.current < 0 || document.activeElement !== document.body) return;
    const left = items();
    (left[Math.min(place.current, left.length - 1)] ?? part.current)?.focus();
  });
  return {
    ref: part,
    tabIndex: -1,
    onFocus: ({ target }: FocusEvent) => {
      const item = target.closest<HTMLElement>(selector);
      place.current = item ? items().indexOf(item) : -1;
    },
    // No event is sent if the element is removed.
    onBlur: () => {
      place.current = -1;
    },
  };
}
