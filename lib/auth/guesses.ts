import type { Asker } from '#lib/db/auth-store.ts';
import { countTry, takeTryBack } from '#lib/db/sign-in-attempts.ts';

const windowMs = 15 * 60_000;
/** Of one person or address: somebody with a list of old links, and no guesser of 128 bits. */
const mostGuesses = 40;

/**
 * Looks something up by an id that nobody should guess. Counted before it is known whether it is there, so that
 * a thousand at once count a thousand; one that is there counts no longer. Past the limit nothing is found, what
 * is there neither: answers for how many seconds.
 */
export async function foundByGuess<T>(
  asker: Asker,
  { who, at }: { readonly who: string; readonly at: Date },
  find: () => Promise<T | null>,
): Promise<{ readonly found: T | null; readonly waitSeconds: number }> {
  const key = `guess:${who}`;
  const { tries, since } = await countTry(asker, key, { at, windowMs });
  if (tries > mostGuesses)
    return { found: null, waitSeconds: Math.ceil((since.getTime() + windowMs - at.getTime()) / 1000) };
  const found = await find();
  if (found !== null) await takeTryBack(asker, key);
  return { found, waitSeconds: 0 };
}
