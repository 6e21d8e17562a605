'use client';

import type { ReactNode } from 'react';
import { Button } from '#components/ui/button.tsx';
import { signOut } from '#lib/client/sign-in.ts';
import { useSubmit } from '#lib/client/use-submit.ts';
import { AuthFrame } from './auth-frame.tsx';
import { FormProblem } from './form-problem.tsx';

/** Somebody whom we know and who may see nothing yet: what to tell whom. */
export function NoAccess({
  email,
  groups,
  admins,
}: {
  readonly email: string;
  readonly groups: readonly string[];
  /** Whom to ask; empty where nobody is known. */
  readonly admins: readonly string[];
}) {
  const { submit, isBusy, problem } = useSubmit(() => signOut('here'));
  return (
    <AuthFrame
      title="You have no access yet"
      lead="You are signed in, but nobody has given you a role or a namespace to see."
    >
      <dl className="flex flex-col gap-3 text-[13px]">
        <Fact name="You are">{email}</Fact>
        <Fact name="Your groups">{groups.length === 0 ? 'none' : groups.join(', ')}</Fact>
        <Fact name="Whom to ask">
          {admins.length === 0
            ? 'whoever runs Flowloom for you'
            : admins.map((admin) => (
                <a key={admin} href={`mailto:${admin}`} className="block text-accent hover:underline">
                  {admin}
                </a>
              ))}
        </Fact>
      </dl>
      {problem !== null && (
        <div className="mt-4">
          <FormProblem {...problem} />
        </div>
      )}
      <form onSubmit={submit} className="mt-5 flex gap-2">
        <Button look="primary" onClick={() => window.location.reload()}>
          Check again
        </Button>
        <Button type="submit" disabled={isBusy}>
          Sign out
        </Button>
      </form>
    </AuthFrame>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt className="text-xs text-muted">{name}</dt>
      <dd className="mt-0.5 font-medium break-words">{children}</dd>
    </div>
  );
}
