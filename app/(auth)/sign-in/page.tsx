import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { AuthFrame } from '#components/access/auth-frame.tsx';
import { SignInForm } from '#components/access/sign-in-form.tsx';
import { SignInReasonNote } from '#components/access/sign-in-reason-note.tsx';
import { serverAuth } from '#lib/auth/server-auth.ts';
import { singleSignOnName } from '#lib/auth/single-sign-on.ts';
import { afterSignIn, safeNextPath } from '#lib/contracts/next-path.ts';
import { isSharedPath, sharePreview } from '#lib/contracts/share-preview.ts';
import { signInReasonSchema } from '#lib/contracts/sign-in.ts';
import { pageAccess } from '#lib/http/page-access.ts';

type Asked = {
  readonly searchParams: Promise<Readonly<Record<string, string | readonly string[] | undefined>>>;
};

/** What a preview of a shared address shows is what whoever is not signed in gets: the same for every one. */
export async function generateMetadata({ searchParams }: Asked): Promise<Metadata> {
  const { next } = await searchParams;
  const isShared = typeof next === 'string' && isSharedPath(safeNextPath(next));
  return { title: 'Sign in · Flowloom', ...(isShared ? sharePreview(serverAuth().address) : {}) };
}

/** Where whoever is not signed in begins. */
export default async function SignInPage({ searchParams }: Asked) {
  const { next, reason } = await searchParams;
  const path = safeNextPath(typeof next === 'string' ? next : null);
  if ((await pageAccess()) !== null) redirect(afterSignIn(path));
  const known = signInReasonSchema.safeParse(reason);
  return (
    <AuthFrame title="Sign in" lead="Accounts are made by whoever runs Flowloom for you.">
      {known.success && <SignInReasonNote reason={known.data} />}
      <SignInForm next={path} providerName={singleSignOnName()} />
    </AuthFrame>
  );
}
