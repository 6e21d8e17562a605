'use client';

import { Search } from 'lucide-react';
import { type FormEvent, type ReactNode, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { auditKinds } from '#lib/access/audit.ts';
import { ages, isNarrowed, type ShownChoice } from './audit-choice.ts';
import { kindNames } from './audit-words.ts';

const field =
  'h-8 rounded-[7px] border border-line bg-surface px-2.5 text-[13px] text-text placeholder:text-muted';

/** Which rows are shown: lists apply at once, texts with Enter or the button. */
export function AuditFilters({
  choice,
  onChange,
}: {
  readonly choice: ShownChoice;
  readonly onChange: (choice: ShownChoice) => void;
}) {
  const [actor, setActor] = useState(choice.actor);
  const [namespace, setNamespace] = useState(choice.namespace);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onChange({ ...choice, actor: actor.trim(), namespace: namespace.trim() });
  };
  const clear = () => {
    setActor('');
    setNamespace('');
    onChange({ ...choice, kind: '', actor: '', namespace: '' });
  };
  return (
    <form
      onSubmit={submit}
      aria-label="Filter"
      className="flex flex-wrap items-center gap-2 border-b border-line bg-ground px-4 py-2.5"
    >
      <Choice
        label="Time"
        value={choice.age}
        onChange={(value) => onChange({ ...choice, age: ageOf(value) })}
      >
        {ages.map(({ value, name }) => (
          <option key={value} value={value}>
            {name}
          </option>
        ))}
      </Choice>
      <Choice label="What" value={choice.kind} onChange={(kind) => onChange({ ...choice, kind })}>
        <option value="">Everything</option>
        {auditKinds.map((kind) => (
          <option key={kind} value={kind}>
            {kindNames[kind]}
          </option>
        ))}
      </Choice>
      <input
        aria-label="Who"
        placeholder="E-mail, id, or operator"
        value={actor}
        maxLength={253}
        onChange={(event) => setActor(event.target.value)}
        className={`${field} w-52`}
      />
      <input
        aria-label="Namespace"
        placeholder="Namespace"
        value={namespace}
        maxLength={253}
        onChange={(event) => setNamespace(event.target.value)}
        className={`${field} w-44`}
      />
      <Button type="submit">
        <Search aria-hidden /> Find
      </Button>
      {isNarrowed(choice) && (
        <Button look="bare" onClick={clear}>
          Clear
        </Button>
      )}
    </form>
  );
}

function ageOf(text: string): ShownChoice['age'] {
  return ages.find(({ value }) => value === text)?.value ?? 'all';
}

function Choice({
  label,
  value,
  onChange,
  children,
}: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly children: ReactNode;
}) {
  return (
    <select
      aria-label={label}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      className={`${field} cursor-pointer`}
    >
      {children}
    </select>
  );
}
