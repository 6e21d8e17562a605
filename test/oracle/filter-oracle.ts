import fc from 'fast-check';

/**
 * What filters mean, written down a second time over plain sets of values, with no code of lib/filter:
 * the generated texts carry their own meaning.
 */

export type Said = string | number;

/** Everything about one flow: the values of `source.namespace`, `port` and so on; none is absent. */
export type World = Readonly<Record<string, readonly Said[]>>;

/** What a viewer knows: `known` are there, `maybe` may be there too; null is anything. */
export type Knowledge = Readonly<
  Record<string, { readonly known: readonly Said[]; readonly maybe: readonly Said[] | null }>
>;

export type Meant = { readonly text: string; readonly holds: (world: World) => boolean };

/** Values of the small world; `q` stands in no filter, so that "anything" differs from all that is asked. */
const texts: readonly string[] = ['x', 'y', 'xy', 'q'];
const ports: readonly number[] = [53, 443, 9];

/** The plain fields of a world. */
const slots = ['source.namespace', 'dest.namespace', 'source.label.a', 'dest.label.a', 'port'] as const;

const asked = fc.constantFrom('x', 'y', 'xy');
const askedPort = fc.constantFrom(53, 443);
const blank = fc.constantFrom('', ' ', '  ', '\t', '\n');
const gap = fc.constantFrom(' ', '  ', '\n');
const quoted = fc
  .tuple(asked, fc.constantFrom('"', "'"))
  .map(([value, quote]) => ({ value, text: `${quote}${value}${quote}` }));

/** The slots that a written field stands for. */
const fields: Readonly<Record<string, readonly string[]>> = {
  namespace: ['source.namespace', 'dest.namespace'],
  'source.namespace': ['source.namespace'],
  'dest.namespace': ['dest.namespace'],
  'label.a': ['source.label.a', 'dest.label.a'],
  'source.label.a': ['source.label.a'],
  'dest.label.a': ['dest.label.a'],
};
const field = fc.constantFrom(...Object.keys(fields));
const portField = fc.constantFrom('port', 'dest.port');

function anyValue(world: World, name: string, test: (value: Said) => boolean): boolean {
  const places = name.endsWith('port') ? ['port'] : (fields[name] ?? []);
  return places.some((place) => (world[place] ?? []).some(test));
}

const comparison: fc.Arbitrary<Meant> = fc
  .tuple(field, blank, blank, quoted, fc.boolean())
  .map(([name, before, after, { value, text }, isEqual]) => ({
    text: `${name}${before}${isEqual ? '==' : '!='}${after}${text}`,
    holds: (world) => anyValue(world, name, (found) => found === value) === isEqual,
  }));

const partly: fc.Arbitrary<Meant> = fc
  .tuple(field, gap, quoted, fc.constantFrom('contains', 'starts with', 'ends  with'))
  .map(([name, space, { value, text }, operator]) => ({
    text: `${name}${space}${operator}${space}${text}`,
    holds: (world) =>
      anyValue(world, name, (found) => {
        const place = String(found).indexOf(value);
        if (operator === 'contains') return place >= 0;
        return operator === 'starts with'
          ? place === 0
          : String(found).slice(-value.length) === value && value.length <= String(found).length;
      }),
  }));

const membership: fc.Arbitrary<Meant> = fc.oneof(
  fc
    .tuple(field, gap, fc.array(quoted, { minLength: 1, maxLength: 3 }), fc.boolean())
    .map(([name, space, list, isIn]) => ({
      text: `${name}${space}${isIn ? 'in' : 'not  in'}${space}{${list.map(({ text }) => text).join(', ')}}`,
      holds: (world: World) =>
        anyValue(world, name, (found) => list.some(({ value }) => value === found)) === isIn,
    })),
  fc
    .tuple(portField, blank, fc.array(askedPort, { minLength: 1, maxLength: 3 }), fc.boolean())
    .map(([name, space, list, isIn]) => ({
      text: `${name} ${isIn ? 'in' : 'not in'}${space}{${list.join(`${space},`)}}`,
      holds: (world: World) => anyValue(world, name, (found) => list.some((each) => each === found)) === isIn,
    })),
);

const presence: fc.Arbitrary<Meant> = fc.tuple(fc.oneof(field, portField), blank).map(([name, space]) => ({
  text: `has(${space}${name}${space})`,
  holds: (world) => anyValue(world, name, () => true),
}));

const pairing: fc.Arbitrary<Meant> = fc
  .tuple(fc.constantFrom('namespace', 'label.a'), fc.boolean(), fc.boolean(), blank)
  .map(([name, isEqual, isTurned, space]) => {
    const sides = isTurned ? ['dest', 'source'] : ['source', 'dest'];
    return {
      text: `${sides[0]}.${name}${space}${isEqual ? '==' : '!='}${space}${sides[1]}.${name}`,
      holds: (world) =>
        anyValue(world, `source.${name}`, (one) =>
          anyValue(world, `dest.${name}`, (other) => one === other),
        ) === isEqual,
    };
  });

/** One predicate on flows. */
export const predicate: fc.Arbitrary<Meant> = fc.oneof(comparison, partly, membership, presence, pairing);

/** One predicate on the counters of an edge, kept in the world as one number each. */
export const counting: fc.Arbitrary<Meant> = fc
  .tuple(
    fc.constantFrom('bytes', 'denied'),
    fc.constantFrom('>', '>=', '<', '<=', '=='),
    fc.nat({ max: 4 }),
    blank,
  )
  .map(([name, sign, value, space]) => ({
    text: `${name}${space}${sign}${space}${value}`,
    holds: (world) => {
      const found = Number(world[name]?.[0]);
      if (sign === '==') return found === value;
      const isMore = sign === '>' ? value < found : sign === '>=' && !(found < value);
      const isLess = sign === '<' ? found < value : sign === '<=' && !(value < found);
      return isMore || isLess;
    },
  }));

/** Predicates joined by `!`, `&&`, `||` and parentheses, as few of those as the grammar needs or more. */
export function joined(leaf: fc.Arbitrary<Meant>): fc.Arbitrary<Meant> {
  const { whole } = fc.letrec<{ whole: Meant }>((tie) => ({
    whole: fc.oneof(
      { maxDepth: 4, depthIdentifier: 'filter' },
      leaf,
      fc.tuple(tie('whole'), blank).map(([one, space]) => ({
        text: `!${space}(${one.text})`,
        holds: (world: World) => !one.holds(world),
      })),
      leaf.map((one) => ({ text: `!${one.text}`, holds: (world: World) => !one.holds(world) })),
      fc.tuple(tie('whole'), tie('whole'), blank).map(([one, other, space]) => ({
        text: `(${one.text})${space}&&${space}(${other.text})`,
        holds: (world: World) => one.holds(world) && other.holds(world),
      })),
      // && binds closer than ||.
      fc.tuple(leaf, leaf, leaf).map(([one, two, three]) => ({
        text: `${one.text} || ${two.text} && ${three.text}`,
        holds: (world: World) => one.holds(world) || (two.holds(world) && three.holds(world)),
      })),
      fc.tuple(tie('whole'), tie('whole'), blank).map(([one, other, space]) => ({
        text: `(${one.text})${space}||${space}(${other.text})`,
        holds: (world: World) => one.holds(world) || other.holds(world),
      })),
    ),
  }));
  return whole;
}

function subset<T>(of: readonly T[]): fc.Arbitrary<readonly T[]> {
  return fc.subarray([...of]);
}

/** What a viewer may know of each slot. */
export const knowledge: fc.Arbitrary<Knowledge> = fc
  .tuple(
    ...slots.map((slot) => {
      const universe: readonly Said[] = slot === 'port' ? ports : texts;
      return fc.tuple(subset(universe), fc.option(subset(universe)), fc.boolean());
    }),
  )
  .map((parts) =>
    Object.fromEntries(
      slots.map((slot, index) => {
        const [known = [], maybe = [], isWhole = true] = parts[index] ?? [];
        return [slot, { known, maybe: isWhole ? [] : maybe }];
      }),
    ),
  );

/** Every world that agrees with what is known. */
export function completions(known: Knowledge): readonly World[] {
  let worlds: readonly Record<string, readonly Said[]>[] = [{}];
  for (const slot of slots) {
    const { known: sure = [], maybe = [] } = known[slot] ?? {};
    const universe: readonly Said[] = slot === 'port' ? ports : texts;
    const open = (maybe ?? universe).filter((value) => !sure.includes(value));
    worlds = worlds.flatMap((world) =>
      subsetsOf(open).map((more) => ({ ...world, [slot]: [...sure, ...more] })),
    );
  }
  return worlds;
}

function subsetsOf<T>(items: readonly T[]): readonly (readonly T[])[] {
  const [first, ...rest] = items;
  if (first === undefined) return [[]];
  return subsetsOf(rest).flatMap((one) => [one, [first, ...one]]);
}
