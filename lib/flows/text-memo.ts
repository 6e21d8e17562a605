import { createStretches, type Stretch } from './byte-stretches.ts';

/** A stretch of a line and what was made of it; `value` is undefined where `make` refused it. */
export type KnownText<V> = {
  readonly text: string;
  readonly bytes: Stretch;
  readonly value: V | undefined;
};

/**
 * Remembers what was made of stretches of lines. Logs say the same thing again and again, and to see that a
 * stretch was read before costs a tenth of reading it. At its limit everything is forgotten.
 */
export type TextMemo<V> = {
  readonly find: (stretch: string) => KnownText<V>;
};

/** `make` must depend on the stretch alone. */
export function createTextMemo<V>(mostLetters: number, make: (text: string) => V | undefined): TextMemo<V> {
  const known = new Map<string, KnownText<V>>();
  let keep = createStretches();
  let letters = 0;

  function learn(stretch: string): KnownText<V> {
    if (letters > mostLetters) {
      known.clear();
      keep = createStretches();
      letters = 0;
    }
    const text = copyOf(stretch);
    const entry = { text, bytes: keep(text), value: make(text) };
    known.set(text, entry);
    letters += text.length;
    return entry;
  }

  return { find: (stretch) => known.get(stretch) ?? learn(stretch) };
}

/** A slice keeps the whole text alive that it was cut from, which is a megabyte of log. */
function copyOf(text: string): string {
  return [text.slice(0, 1), text.slice(1)].join('');
}
