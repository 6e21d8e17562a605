'use client';

import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { TextField } from '#components/ui/text-field.tsx';
import { createFirstAdmin, signIn } from '#lib/client/sign-in.ts';
import { useSubmit } from '#lib/client/use-submit.ts';
import { FormProblem } from './form-problem.tsx';

const LEAST = 12;

/** Makes the first account that may do everything, and signs it in. */
export function FirstAdminForm({ link }: { readonly link: string }) {
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const differs = again !== '' && password !== '' && again !== password;
  const { submit, isBusy, problem } = useSubmit(async () => {
    await createFirstAdmin({ link, email, password });
    await signIn({ email, password });
    window.location.assign('/');
  });
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      {problem !== null && <FormProblem {...problem} />}
      <TextField
        label="Your e-mail"
        name="email"
        type="email"
        autoComplete="username"
        required
        value={email}
        onChange={({ target }) => setEmail(target.value)}
      />
      <TextField
        label="New password"
        name="password"
        type="password"
        autoComplete="new-password"
        hint={`${LEAST} characters or more; a few words do well`}
        minLength={LEAST}
        maxLength={128}
        required
        value={password}
        onChange={({ target }) => setPassword(target.value)}
      />
      <TextField
        label="New password, again"
        name="password-again"
        type="password"
        autoComplete="new-password"
        problem={differs ? 'The two are not the same yet' : undefined}
        required
        value={again}
        onChange={({ target }) => setAgain(target.value)}
      />
      <Button type="submit" look="primary" disabled={isBusy || again !== password} className="h-9">
        {isBusy ? 'Making the account …' : 'Make the account'}
      </Button>
    </form>
  );
}
