'use client';

import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { TextField } from '#components/ui/text-field.tsx';
import { signIn } from '#lib/client/sign-in.ts';
import { useSubmit } from '#lib/client/use-submit.ts';
import { afterSignIn } from '#lib/contracts/next-path.ts';
import { FormProblem } from './form-problem.tsx';

/** E-mail and password, and the identity provider where there is one. */
export function SignInForm({
  next,
  providerName,
}: {
  /** A path of this server, as safeNextPath has made it. */
  readonly next: string;
  readonly providerName: string | null;
}) {
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const { submit, isBusy, problem } = useSubmit(async () => {
    try {
      await signIn({ email, password });
    } catch (error) {
      setPassword('');
      throw error;
    }
    // A whole new page: nothing of whoever was here before stays in memory.
    window.location.assign(afterSignIn(next));
  });
  const query = next === '/' ? '' : `?${new URLSearchParams({ next })}`;
  return (
    <>
      {providerName !== null && (
        <>
          <a
            href={`/api/v1/sign-in/oidc${query}`}
            className="flex h-9 items-center justify-center gap-2 rounded-[7px] border border-line bg-surface text-[13px] font-medium hover:bg-hover"
          >
            <KeyRound aria-hidden className="size-4" />
            Sign in with {providerName}
          </a>
          <p className="my-4 flex items-center gap-3 text-xs text-muted before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
            or with a password
          </p>
        </>
      )}
      <form onSubmit={submit} className="flex flex-col gap-4">
        {problem !== null && <FormProblem {...problem} />}
        <TextField
          label="E-mail"
          name="email"
          type="email"
          autoComplete="username"
          required
          value={email}
          onChange={({ target }) => setEmail(target.value)}
        />
        <TextField
          label="Password"
          name="password"
          type="password"
          autoComplete="current-password"
          required
          value={password}
          onChange={({ target }) => setPassword(target.value)}
        />
        <Button type="submit" look="primary" disabled={isBusy} className="h-9">
          {isBusy ? 'Signing in …' : 'Sign in'}
        </Button>
      </form>
    </>
  );
}
