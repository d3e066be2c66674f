/** The value of each input when it first had the focus. An input that leaves the page is forgotten. */
const before = new WeakMap<Element, string>();

/** Inputs and text areas of forms. A search or a filter is in no form: the address keeps it. */
const TYPED_INTO = 'form :is(input:not([type="radio"]), textarea)';

/** Begins to remember what forms had in them before somebody typed. */
export function watchTyping(): void {
  document.addEventListener('focusin', ({ target }) => {
    const input = target as HTMLInputElement;
    if (input.matches(TYPED_INTO) && !before.has(input)) before.set(input, input.value);
  });
}

/** Whether a form that is open has something in it that somebody typed, which would go with the page. */
export function isHalfTyped(): boolean {
  const inputs = document.querySelectorAll<HTMLInputElement>(TYPED_INTO);
  return [...inputs].some((input) => before.has(input) && before.get(input) !== input.value);
}
