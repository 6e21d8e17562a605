import type { SignInReason } from '#lib/contracts/sign-in.ts';
import { FormProblem } from './form-problem.tsx';

const notes: Readonly<Record<Exclude<SignInReason, 'provider-away' | 'provider-refused'>, string>> = {
  expired: 'Your session has ended. Sign in again to go on where you were.',
  'signed-out': 'You are signed out.',
};

/** Why somebody is back here. What exactly went wrong at the identity provider is in the log alone. */
export function SignInReasonNote({ reason }: { readonly reason: SignInReason }) {
  if (reason === 'provider-away' || reason === 'provider-refused') {
    return (
      <div className="mb-4">
        <FormProblem {...providerNotes[reason]} />
      </div>
    );
  }
  return (
    <p role="status" className="mb-4 rounded-[7px] bg-accent-soft px-3 py-2.5 text-[13px]">
      {notes[reason]}
    </p>
  );
}

const providerNotes = {
  'provider-away': {
    title: 'The identity provider does not answer',
    detail: 'Try again in a few minutes, or sign in with a password if you have one.',
  },
  'provider-refused': {
    title: 'The sign-in did not work',
    detail: 'Try again. If it stays so, ask whoever runs Flowloom to look into its log.',
  },
} as const;
