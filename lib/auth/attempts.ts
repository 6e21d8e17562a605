import { createHash } from 'node:crypto';
import type { Asker } from '#lib/db/auth-store.ts';
import { countTry, forgetTry } from '#lib/db/sign-in-attempts.ts';

const WINDOW_MS = 15 * 60_000;
/** Of one account: a person who has forgotten a password, and no guesser. */
const MOST_PER_ACCOUNT = 10;
/** Of one address: an office behind one, and no guesser of many accounts. */
const MOST_PER_ADDRESS = 50;

type Try = { readonly email: string; readonly address: string; readonly at: Date };

/** Counts a try to sign in; answers for how many seconds none is taken, 0 where this one is. */
export async function admitTry(asker: Asker, { email, address, at }: Try): Promise<number> {
  const byAddress = await countTry(asker, addressKey(address), { at, windowMs: WINDOW_MS });
  const byAccount = await countTry(asker, accountKey(email), { at, windowMs: WINDOW_MS });
  const limited = [
    ...(byAddress.tries > MOST_PER_ADDRESS ? [byAddress] : []),
    ...(byAccount.tries > MOST_PER_ACCOUNT ? [byAccount] : []),
  ];
  const waits = limited.map(({ since }) => since.getTime() + WINDOW_MS - at.getTime());
  return Math.ceil(Math.max(0, ...waits) / 1000);
}

/** This try was right. */
export async function forgetRightTry(asker: Asker, { email, address }: Omit<Try, 'at'>): Promise<void> {
  await forgetTry(asker, accountKey(email), addressKey(address));
}

// An address that is nobody's is counted like any other, so that a lock tells nothing. People mistype a
// password into this field, so what is kept is a hash.
function accountKey(email: string): string {
  return `account:${createHash('sha256').update(email).digest('base64url')}`;
}

function addressKey(address: string): string {
  return `address:${address}`;
}
