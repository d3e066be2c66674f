/** Inputs of forms that have had the focus, and what stood in each before. */
const before = new Map<HTMLInputElement, string>();

/** Begins to remember what forms had in them before somebody typed. */
export function watchTyping(): void {
  document.addEventListener('focusin', ({ target }) => {
    const input = target as HTMLInputElement;
    // A search or a filter is in no form: it stands in the address.
    if (!input.matches('input:not([type="radio"]), textarea') || !input.closest('form')) return;
    if (!before.has(input)) before.set(input, input.value);
  });
}

/** Whether a form that is open has something in it that somebody typed, which would go with the page. */
export function isHalfTyped(): boolean {
  for (const input of before.keys()) if (!input.isConnected) before.delete(input);
  return [...before].some(([input, value]) => input.value !== value);
}
