/** Numbers the parameters of a statement that is put together from parts. */
export type Parameters = {
  /** Adds a value and answers its place, such as `$3`. */
  readonly add: (value: unknown) => string;
  readonly values: readonly unknown[];
};

export function parameters(): Parameters {
  const values: unknown[] = [];
  return {
    add: (value) => `$${values.push(value)}`,
    values,
  };
}
