import type { Scope } from '#lib/access/scope.ts';
import { verdictCode } from '#lib/db/codes.ts';
import type { Verdict } from '#lib/flows/verdict.ts';
import type { Parameters } from './parameters.ts';

/** Flows of a channel with a verdict, as the viewer sees its ends on a day. */
export type ChosenFlows = {
  readonly channel: string;
  readonly verdict: Verdict;
  /** Start of the UTC day; null for every day, where the ends do not depend on it. */
  readonly dayMs: number | null;
};

/** Whether the ends of a channel look different from day to day. */
export function dependsOnDay({ namespacesSince }: Scope): boolean {
  return namespacesSince.length > 0;
}

/** Joins only what was chosen to the facts `alias`, whose time is `at`; null is all there is. */
export function chosenJoin(
  scope: Scope,
  chosen: readonly ChosenFlows[] | null,
  { alias, at }: { readonly alias: string; readonly at: string },
  { add }: Parameters,
): string {
  if (chosen === null) return '';
  const channels = add(chosen.map(({ channel }) => channel));
  const verdicts = add(chosen.map(({ verdict }) => verdictCode[verdict]));
  const same = `chosen.channel = ${alias}.channel AND chosen.verdict = ${alias}.verdict`;
  if (!dependsOnDay(scope)) {
    return `JOIN unnest(${channels}::bigint[], ${verdicts}::smallint[]) AS chosen (channel, verdict) ON ${same}`;
  }
  const days = add(chosen.map(({ dayMs }) => new Date(dayMs ?? 0)));
  return `JOIN unnest(${channels}::bigint[], ${verdicts}::smallint[], ${days}::timestamptz[])
    AS chosen (channel, verdict, day) ON ${same} AND chosen.day = date_trunc('day', ${at}, 'UTC')`;
}
