import type { Metadata } from 'next';
import { AuthFrame } from '#components/access/auth-frame.tsx';
import { FirstAdminForm } from '#components/access/first-admin-form.tsx';
import { LinkButton } from '#components/ui/button.tsx';
import { CommandLine } from '#components/ui/command-line.tsx';
import { isLinkGood } from '#lib/auth/first-admin.ts';

export const metadata: Metadata = { title: 'First admin · Flowloom' };

type Asked = {
  readonly searchParams: Promise<Readonly<Record<string, string | readonly string[] | undefined>>>;
};

/** Where the link leads that the start prints while there is no admin. */
export default async function FirstAdminPage({ searchParams }: Asked) {
  const { link } = await searchParams;
  if (typeof link === 'string' && (await isLinkGood(link))) {
    return (
      <AuthFrame
        title="Make the first admin"
        lead="This account may do everything: see the whole estate, and let others in. The link works once."
      >
        <FirstAdminForm link={link} />
      </AuthFrame>
    );
  }
  return (
    <AuthFrame
      title="This link is no longer good"
      lead="It was used or has expired, or there is an admin by now. While there is none, every start prints a new link. On the machine that runs Flowloom, this makes an admin too:"
    >
      <CommandLine command="npx flowloom user create you@example.com --role admin" />
      <div className="mt-5">
        <LinkButton href="/sign-in" look="primary">
          Go to sign-in
        </LinkButton>
      </div>
    </AuthFrame>
  );
}
