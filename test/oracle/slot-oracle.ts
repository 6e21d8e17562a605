import type { Fact } from './scoped-estate.ts';

/** What a timeline should say, from the raw records alone: no SQL, no rollup, no code of the product. */

export type Counted = { readonly allowed: number; readonly denied: number; readonly dropped: number };

const words = ['', 'allowed', 'denied', 'dropped'] as const;
const [unknown, source, destination] = [0, 1, 2];

/** Flows by the start of the slot, in minutes since the first day; slots of the minutes `stepMinutes`. */
export function countSlots(facts: readonly Fact[], stepMinutes: number): ReadonlyMap<number, Counted> {
  const slots = new Map<number, { allowed: number; denied: number; dropped: number }>();
  const add = (minute: number, word: keyof Counted, flows: number): void => {
    const start = Math.floor(minute / stepMinutes) * stepMinutes;
    const slot = slots.get(start) ?? { allowed: 0, denied: 0, dropped: 0 };
    slot[word] += flows;
    slots.set(start, slot);
  };
  const grain = stepMinutes % 60 === 0 ? 60 : 1;
  for (const channelDay of Map.groupBy(facts, (f) => `${f.source} ${f.target} ${f.day}`).values()) {
    const { kind, reporter } = answering(channelDay);
    const own = channelDay.filter((f) => f.kind === kind);
    for (const fact of own) {
      const isLoss = fact.verdict !== 1 && fact.reporter !== unknown && reporter !== unknown;
      const word = words[fact.verdict];
      if (word === undefined || word === '' || word === 'allowed') continue;
      if (fact.reporter === reporter || isLoss) add(minuteOf(fact), word, fact.flows);
    }
    const allowed = own.filter((f) => f.verdict === 1 && f.reporter === reporter);
    const denied = own.filter((f) => f.verdict === 2 && f.reporter === destination);
    const left = reporter === source ? leftOf(allowed, denied, grain) : allowed.map(plain);
    for (const { minute, flows } of left) add(minute, 'allowed', flows);
  }
  return slots;
}

type Amount = { readonly minute: number; readonly flows: number };

const minuteOf = ({ day, minute }: Fact): number => day * 1440 + minute;
const plain = (fact: Fact): Amount => ({ minute: minuteOf(fact), flows: fact.flows });
const sum = (facts: readonly Fact[]): number => facts.reduce((total, { flows }) => total + flows, 0);

/** Connections are as many as flows here, and always known. */
function answering(day: readonly Fact[]): { readonly kind: number; readonly reporter: number } {
  const kinds = [...Map.groupBy(day, ({ kind }) => kind)].map(([kind, facts]) => {
    const by = (reporter: number): readonly Fact[] => facts.filter((f) => f.reporter === reporter);
    const allowed = sum(by(source).filter((f) => f.verdict === 1));
    let reporter = allowed > sum(by(destination)) ? source : destination;
    if (by(destination).length === 0) reporter = source;
    if (by(source).length === 0) reporter = destination;
    if (by(source).length + by(destination).length === 0) reporter = unknown;
    return { kind, reporter, all: sum(facts) };
  });
  const isNobody = (reporter: number): number => Number(reporter === unknown);
  const [first] = kinds.toSorted(
    (a, b) => isNobody(a.reporter) - isNobody(b.reporter) || b.all - a.all || a.kind - b.kind,
  );
  return first ?? { kind: 0, reporter: unknown };
}

/** A denial takes back the nearest allowed traffic before it, or else the next that comes. */
function leftOf(allowed: readonly Fact[], denied: readonly Fact[], grain: number): readonly Amount[] {
  const net = new Map<number, number>();
  const at = (fact: Fact): number => Math.floor(minuteOf(fact) / grain) * grain;
  for (const fact of allowed) net.set(at(fact), (net.get(at(fact)) ?? 0) + fact.flows);
  for (const fact of denied) net.set(at(fact), (net.get(at(fact)) ?? 0) - fact.flows);
  const stack: { minute: number; flows: number }[] = [];
  let owed = 0;
  for (const [minute, flows] of [...net].toSorted(([a], [b]) => a - b)) {
    const paid = Math.max(0, Math.min(flows, owed));
    owed -= paid;
    if (flows - paid > 0) stack.push({ minute, flows: flows - paid });
    let taken = Math.max(0, -flows);
    while (taken > 0) {
      const last = stack.at(-1);
      if (last === undefined) break;
      const part = Math.min(taken, last.flows);
      last.flows -= part;
      taken -= part;
      if (last.flows === 0) stack.pop();
    }
    owed += taken;
  }
  return stack;
}
