/** An answer before it is put into JSON, which makes text of a Date. */
export type BeforeJson<T> = string extends T
  ? T | Date
  : T extends readonly (infer E)[]
    ? readonly BeforeJson<E>[]
    : T extends object
      ? { readonly [K in keyof T]: BeforeJson<T[K]> }
      : T;
