'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { Button, LinkButton } from '#components/ui/button.tsx';
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx';
import { FormDialog } from '#components/ui/form-dialog.tsx';
import { SelectField } from '#components/ui/select-field.tsx';
import { useOwnSight } from '#lib/client/access-queries.ts';
import { useChangePerson, usePeople, useRemovePerson, useSight } from '#lib/client/people-queries.ts';
import { problemWords } from '#lib/client/problem-words.ts';
import { useSubmit } from '#lib/client/use-submit.ts';
import { beginViewAs } from '#lib/client/view-as.ts';
import type { PersonDocument } from '#lib/contracts/people.ts';
import { FormProblem } from './form-problem.tsx';
import { chosenRole, roleChoices, roleHint } from './role-choices.ts';
import { SecretOnce } from './secret-once.tsx';
import { SettingsScreen } from './settings-screen.tsx';
import { SightDetails } from './sight-details.tsx';

/** One person: what they can see and why, and what an admin can do about them. */
export function PersonScreen({ email }: { readonly email: string }) {
  const sight = useSight(email);
  const account = usePeople().data?.people.find((each) => each.email === email);
  const own = useOwnSight().data;
  const self = own?.user;
  // The server refuses changes of one's own account, so that somebody who administers is left.
  const person = self === undefined || self === email ? undefined : account;
  return (
    <SettingsScreen
      title={email}
      what={email}
      query={sight}
      actions={
        <>
          <LinkButton href="/settings/people">All people</LinkButton>
          {person !== undefined && (
            <>
              {own?.rights.includes('view-as') && <ViewAsButton email={email} />}
              <PasswordDialog email={email} />
              <RemoveDialog email={email} />
            </>
          )}
        </>
      }
    >
      {(document) => (
        <div className="flex flex-col gap-6">
          {self === email && (
            <p className="text-muted">
              This is your own account: another admin changes its role and password, or flowloom user on the
              machine that runs Flowloom.
            </p>
          )}
          {person !== undefined && <RoleForm key={person.role} person={person} />}
          <SightDetails sight={document} />
        </div>
      )}
    </SettingsScreen>
  );
}

function ViewAsButton({ email }: { readonly email: string }) {
  const { run, isBusy, problem } = useSubmit(() => beginViewAs(email));
  return (
    <>
      {problem !== null && (
        <p role="alert" className="text-denied">
          {problem.title}. {problem.detail}
        </p>
      )}
      <Button disabled={isBusy} onClick={() => void run()}>
        View as
      </Button>
    </>
  );
}

function RoleForm({ person: { email, role } }: { readonly person: PersonDocument }) {
  const [chosen, setChosen] = useState(role);
  const change = useChangePerson(email);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!change.isPending) change.mutate({ role: chosen });
  };
  return (
    <form onSubmit={submit} className="flex max-w-[520px] flex-col gap-3">
      {change.error !== null && (
        <FormProblem {...problemWords(change.error, 'The role could not be changed')} />
      )}
      <SelectField
        label="Role in the whole estate"
        hint={roleHint(chosen)}
        value={chosen ?? ''}
        choices={roleChoices}
        onChange={(value) => setChosen(chosenRole(value))}
      />
      <Button
        type="submit"
        look="primary"
        className="self-start"
        disabled={chosen === role || change.isPending}
      >
        {change.isPending ? 'Saving …' : 'Save role'}
      </Button>
    </form>
  );
}

function PasswordDialog({ email }: { readonly email: string }) {
  const [isOpen, setOpen] = useState(false);
  const change = useChangePerson(email);
  const secret = change.data?.password ?? null;
  const show = (next: boolean) => {
    setOpen(next);
    if (next) change.reset();
  };
  return (
    <FormDialog
      trigger={<Button>New password</Button>}
      title={`A new password for ${email}`}
      isOpen={isOpen}
      onOpenChange={show}
    >
      {secret === null ? (
        <div className="flex flex-col gap-4">
          {change.error !== null && (
            <FormProblem {...problemWords(change.error, 'The password could not be changed')} />
          )}
          <p className="leading-relaxed text-muted">
            The old one stops working, and every session of theirs ends. The new one is made here and shown
            once.
          </p>
          <div className="flex justify-end gap-2">
            <Button onClick={() => setOpen(false)}>Cancel</Button>
            <Button
              look="primary"
              disabled={change.isPending}
              onClick={() => change.mutate({ password: 'made' })}
            >
              {change.isPending ? 'Making …' : 'Make a new password'}
            </Button>
          </div>
        </div>
      ) : (
        <SecretOnce name={`Password of ${email}`} secret={secret} onDone={() => setOpen(false)}>
          It is shown this once: hand it over where nobody else reads it.
        </SecretOnce>
      )}
    </FormDialog>
  );
}

function RemoveDialog({ email }: { readonly email: string }) {
  const router = useRouter();
  const remove = useRemovePerson(email);
  return (
    <ConfirmDialog
      trigger={<Button look="danger">Remove</Button>}
      title={`Remove ${email}?`}
      confirm="Remove"
      isBusy={remove.isPending}
      onConfirm={() => remove.mutate(undefined, { onSuccess: () => router.replace('/settings/people') })}
    >
      <p>
        Their sessions and API tokens end at once. Bindings that name them stay, and count again when an
        account with this address is made.
      </p>
      {remove.error !== null && (
        <div className="mt-3 text-text">
          <FormProblem {...problemWords(remove.error, 'The account could not be removed')} />
        </div>
      )}
    </ConfirmDialog>
  );
}
