/** A stretch of a line and what was made of it; `value` is undefined where `make` refused it. */
export type KnownText<V> = { readonly text: string; readonly value: V | undefined };

/**
 * Remembers what was made of stretches of lines. Logs say the same thing again and again, and to see that a
 * stretch was read before costs a tenth of reading it. What is seen once is not kept, since much of a log
 * never comes again; at its limit everything is forgotten.
 */
export type TextMemo<V> = {
  /** undefined where the stretch is new. */
  readonly find: (stretch: string) => KnownText<V> | undefined;
};

const SAMPLED = 4;
const LETTERS_PER_SAMPLE = 16;

/** `make` must depend on the stretch alone. */
export function createTextMemo<V>(mostLetters: number, make: (text: string) => V | undefined): TextMemo<V> {
  const known = new Map<string, KnownText<V>>();
  const seenOnce = new Set<number>();
  let letters = 0;

  function learn(stretch: string): KnownText<V> | undefined {
    const sample = sampleOf(stretch);
    if (letters > mostLetters) {
      known.clear();
      seenOnce.clear();
      letters = 0;
    }
    if (!seenOnce.has(sample)) {
      seenOnce.add(sample);
      letters += LETTERS_PER_SAMPLE;
      return undefined;
    }
    const text = copyOf(stretch);
    const entry = { text, value: make(text) };
    known.set(text, entry);
    letters += text.length;
    return entry;
  }

  return { find: (stretch) => known.get(stretch) ?? learn(stretch) };
}

/**
 * The stretch among a few that were met in the same place, the last one first; else by the memo. To compare
 * a text with another costs a tenth of looking it up, which has to hash it.
 */
export function findAmong<V>(
  few: KnownText<V>[],
  most: number,
  memo: TextMemo<V>,
  stretch: string,
): KnownText<V> | undefined {
  for (let index = 0; index < few.length; index += 1) {
    const entry = few[index];
    if (entry === undefined || entry.text !== stretch) continue;
    if (index > 0) {
      few.copyWithin(1, 0, index);
      few[0] = entry;
    }
    return entry;
  }
  const entry = memo.find(stretch);
  if (entry === undefined) return undefined;
  if (few.length >= most) few.pop();
  few.unshift(entry);
  return entry;
}

/** Tells apart what was seen from what was not; to take one for the other costs time and no answer. */
function sampleOf(text: string): number {
  let sample = text.length;
  for (let at = 0; at < text.length; at += SAMPLED)
    sample = (Math.imul(sample, 31) + text.charCodeAt(at)) | 0;
  return sample;
}

/** A slice keeps the whole text alive that it was cut from, which is a megabyte of log. */
function copyOf(text: string): string {
  return String(JSON.parse(JSON.stringify(text)));
}
