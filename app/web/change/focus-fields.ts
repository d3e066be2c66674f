/** Puts the focus on the quantity; on the kinds, while no kind is chosen. */
export function focusFirst(form: HTMLFormElement | null): void {
  if (!focusQuantity(form)) form?.querySelector('input')?.focus();
}

/** Puts the focus on the quantity. The next key replaces its content. @returns whether there is one */
export function focusQuantity(form: HTMLFormElement | null): boolean {
  const input = form?.querySelector<HTMLInputElement>('[data-input="quantity"]');
  input?.focus();
  input?.select();
  return Boolean(input);
}
