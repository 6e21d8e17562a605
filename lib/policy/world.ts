import { type AddressRange, isWithin, overlaps } from '#lib/kit/cidr.ts';
import { endpointLabel } from './endpoint-labels.ts';
import type { Flow, Inherited } from './model.ts';
import type { Question, Side } from './question.ts';
import { decide } from './selector/knowledge.ts';
import type { Truth } from './truth.ts';

/** An answer that is taken for given. */
export type Assumed = { readonly question: Question; readonly isTrue: boolean };

/** A flow as far as it is known, and what is assumed of the rest; the assumptions must be possible together. */
export type World = {
  readonly flow: Flow;
  readonly inherited: Inherited;
  readonly assumed: readonly Assumed[];
};

/** True or false where every completion of the world agrees, else unknown. */
export function answer(world: World, question: Question): Truth {
  switch (question.about) {
    case 'label':
      return answerLabel(world, question);
    case 'address':
      return answerAddress(world, question);
    case 'port':
      return answerPort(world, question);
    case 'protocol':
      return answerProtocol(world, question);
    case 'other': {
      const same = assumedAbout(world, 'other').find((one) => one.question.missing === question.missing);
      return same?.isTrue ?? 'unknown';
    }
  }
}

type About<Kind extends Question['about']> = {
  readonly question: Extract<Question, { about: Kind }>;
  readonly isTrue: boolean;
};

function assumedAbout<Kind extends Question['about']>(world: World, about: Kind): readonly About<Kind>[] {
  return world.assumed.filter((one): one is About<Kind> => one.question.about === about);
}

function answerLabel(world: World, { of, holder, comparison }: About<'label'>['question']): Truth {
  const lookup = (key: string) => endpointLabel(of, world.inherited, key);
  const assumptions = assumedAbout(world, 'label')
    .filter((one) => one.question.holder === holder)
    .map(({ question, isTrue }) => ({ comparison: question.comparison, isTrue }));
  return decide({ lookup, assumptions }, comparison);
}

function answerPort({ flow, ...world }: World, question: About<'port'>['question']): Truth {
  const port = question.side === 'source' ? flow.sourcePort : flow.destinationPort;
  if (port !== null) return port >= question.first && port <= question.last;
  const known = assumedAbout({ flow, ...world }, 'port').filter((one) => one.question.side === question.side);
  return decideAmong(
    (all) => all.flatMap((one) => edges(one.question.first, one.question.last)).filter(isPort),
    ({ question: { first, last } }, value) => value >= first && value <= last,
    known,
    question,
  );
}

function isPort(value: number): boolean {
  return value >= 0 && value <= 65_535;
}

function answerProtocol(world: World, question: About<'protocol'>['question']): Truth {
  if (world.flow.protocol !== null) return world.flow.protocol === question.protocol;
  return decideAmong(
    (all) => ['any other', ...all.map((one) => one.question.protocol)],
    (one, value) => one.question.protocol === value,
    assumedAbout(world, 'protocol'),
    question,
  );
}

const everywhere: readonly AddressRange[] = [
  { version: 4, first: 0n, last: (1n << 32n) - 1n },
  { version: 6, first: 0n, last: (1n << 128n) - 1n },
];

function answerAddress(world: World, question: About<'address'>['question']): Truth {
  const ranges = rangesOf(world, question.side);
  if (ranges.every((range) => isWithin(range, question.range))) return true;
  if (!ranges.some((range) => overlaps(range, question.range))) return false;
  const assumed = assumedAbout(world, 'address');
  if (!arePossible(world, [...assumed, { question, isTrue: true }])) return false;
  return arePossible(world, [...assumed, { question, isTrue: false }]) ? 'unknown' : true;
}

function rangesOf({ flow }: World, side: Side): readonly AddressRange[] {
  return flow[side].addresses ?? everywhere;
}

/** Both ends of a packet have addresses of one IP version. */
function arePossible(world: World, assumed: readonly About<'address'>[]): boolean {
  return [4, 6].some((version) =>
    (['source', 'destination'] as const).every((side) => {
      const ofSide = assumed.filter((one) => one.question.side === side);
      const own = rangesOf(world, side).filter((range) => range.version === version);
      const all = [...own, ...ofSide.map((one) => one.question.range)];
      const points = all.flatMap(({ first, last }) => [first, last, first - 1n, last + 1n]);
      return points.some(
        (point) =>
          own.some((range) => holdsPoint(range, point)) &&
          ofSide.every(
            ({ question: { range }, isTrue }) =>
              (range.version === version && holdsPoint(range, point)) === isTrue,
          ),
      );
    }),
  );
}

function holdsPoint(range: AddressRange, point: bigint): boolean {
  return point >= range.first && point <= range.last;
}

/** Where ranges of values change what holds, they do so at or beside an edge: looking there is enough. */
function edges(first: number, last: number): readonly number[] {
  return [first - 1, first, last, last + 1];
}

function decideAmong<Asked, Value>(
  valuesFor: (all: readonly { readonly question: Asked }[]) => readonly Value[],
  holds: (one: { readonly question: Asked }, value: Value) => boolean,
  assumed: readonly { readonly question: Asked; readonly isTrue: boolean }[],
  question: Asked,
): Truth {
  const values = valuesFor([...assumed, { question }]).filter((value) =>
    assumed.every((one) => holds(one, value) === one.isTrue),
  );
  const outcomes = new Set(values.map((value) => holds({ question }, value)));
  if (outcomes.size === 2) return 'unknown';
  return outcomes.has(true);
}
