import { auditKinds } from '#lib/access/audit.ts';
import type { AuditChoice } from '#lib/client/audit-queries.ts';

/** How far back the log is shown. */
export const ages = [
  { value: '24h', name: 'Last 24 hours' },
  { value: '7d', name: 'Last 7 days' },
  { value: '30d', name: 'Last 30 days' },
  { value: 'all', name: 'All of it' },
] as const;

export type Age = (typeof ages)[number]['value'];

const usualAge: Age = '7d';

/** What the address of the page chooses; an unknown value is as none. */
export type ShownChoice = {
  readonly age: Age;
  readonly kind: string;
  readonly actor: string;
  readonly namespace: string;
};

export function parseChoice(search: Pick<URLSearchParams, 'get'>): ShownChoice {
  const text = (name: string) => (search.get(name) ?? '').trim().slice(0, 253);
  return {
    age: ages.find(({ value }) => value === search.get('age'))?.value ?? usualAge,
    kind: auditKinds.find((kind) => kind === search.get('kind')) ?? '',
    actor: text('actor'),
    namespace: text('namespace'),
  };
}

/** The other way; what is as usual is left out. */
export function choiceSearch({ age, ...texts }: ShownChoice): string {
  const given = Object.entries({ age: age === usualAge ? '' : age, ...texts });
  return new URLSearchParams(given.filter(([, value]) => value !== '')).toString();
}

/** The same as the API takes it. */
export function asQuery({ age, ...texts }: ShownChoice): AuditChoice {
  const given = Object.entries(texts).filter(([, value]) => value !== '');
  return { ...(age === 'all' ? {} : { from: `-${age}` }), ...Object.fromEntries(given) };
}

export function isNarrowed({ kind, actor, namespace }: ShownChoice): boolean {
  return kind !== '' || actor !== '' || namespace !== '';
}
