import { doneSchema } from '#lib/contracts/sign-in.ts';
import { apiFetch } from './api-fetch.ts';

/** From now on this browser looks with the access of somebody else, at a whole new page: nothing of before stays. */
export async function beginViewAs(email: string): Promise<void> {
  await apiFetch({ path: '/view-as', method: 'POST', body: { email }, schema: doneSchema });
  window.location.assign('/');
}

/** Back to one's own access, where one came from. */
export async function endViewAs(): Promise<void> {
  await apiFetch({ path: '/view-as', method: 'DELETE', schema: doneSchema });
  window.location.assign('/settings/people');
}
