import { redirect } from 'next/navigation';
import { startPath } from '#lib/http/page-access.ts';

/** Where somebody begins: it leads to what is theirs. */
export default async function HomePage() {
  redirect(await startPath());
}
