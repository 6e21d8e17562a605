import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { AuthFrame } from '#components/access/auth-frame.tsx';
import { SignInForm } from '#components/access/sign-in-form.tsx';
import { SignInReasonNote } from '#components/access/sign-in-reason-note.tsx';
import { singleSignOnName } from '#lib/auth/single-sign-on.ts';
import { afterSignIn, safeNextPath } from '#lib/contracts/next-path.ts';
import { signInReasonSchema } from '#lib/contracts/sign-in.ts';
import { pageAccess } from '#lib/http/page-access.ts';

export const metadata: Metadata = { title: 'Sign in · Flowloom' };

type Asked = {
  readonly searchParams: Promise<Readonly<Record<string, string | readonly string[] | undefined>>>;
};

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
