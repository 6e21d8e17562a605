import { signInAddress } from '#lib/contracts/next-path.ts';
import type { SignInReason } from '#lib/contracts/sign-in.ts';

/** Goes to the sign-in page, which leads back to `next`. A whole new page: nothing seen before stays in memory. */
export function leaveForSignIn(next: string, reason: SignInReason): void {
  window.location.assign(signInAddress(next, reason));
}

/** The same for a session that has ended meanwhile: back to what is on the screen now. */
export function leaveExpiredSession(): void {
  const { pathname, search, hash } = window.location;
  leaveForSignIn(`${pathname}${search}${hash}`, 'expired');
}
