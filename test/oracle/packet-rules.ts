/**
 * Which packets count, written from the rules of docs/operations.md (Counting across batches) and not
 * from the product: it shares no code with lib and prefers the obvious way over the fast one.
 */
export type Packet = {
  readonly atMs: number;
  readonly isSyn: boolean;
  readonly denial: 'verdict' | 'drop' | null;
  /** Orders packets of one time: what they are, then where they count, then what they add. */
  readonly rank: readonly [event: number, channel: bigint, verdict: number, added: string];
};

/** Of the packets of one 5-tuple as one reporter logged them: those that open, and drops that repeat a verdict. */
export function judge<P extends Packet>(
  packets: readonly P[],
): {
  readonly openings: ReadonlySet<P>;
  readonly repeatedDrops: ReadonlySet<P>;
} {
  const inOrder = [...packets].sort(compare);
  const repeatedDrops = repeated(inOrder.filter(({ denial }) => denial !== null));
  const syns = inOrder.filter((packet) => packet.isSyn && !repeatedDrops.has(packet));
  const openings = syns.filter((syn, at) => {
    const before = syns[at - 1];
    return before === undefined || syn.atMs - before.atMs > 1000;
  });
  return { openings: new Set(openings), repeatedDrops };
}

/** Each drop takes the first free verdict within 100 ms of it, within its stretch. */
function repeated<P extends Packet>(denials: readonly P[]): ReadonlySet<P> {
  const drops = new Set<P>();
  for (const stretch of stretches(denials)) {
    const free = stretch.filter(({ denial }) => denial === 'verdict');
    for (const drop of stretch.filter(({ denial }) => denial === 'drop')) {
      while (free[0] !== undefined && free[0].atMs < drop.atMs - 100) free.shift();
      if (free[0] === undefined || free[0].atMs > drop.atMs + 100) continue;
      free.shift();
      drops.add(drop);
    }
  }
  return drops;
}

/** Cut where nothing happened for 100 ms, and at the end of every minute that was filled without such a silence. */
function stretches<P extends Packet>(denials: readonly P[]): readonly (readonly P[])[] {
  const found: P[][] = [];
  let since = 0;
  denials.forEach((packet, at) => {
    const before = denials[at - 1];
    const minuteStart = packet.atMs - (packet.atMs % 60_000);
    const isAfterSilence = before === undefined || packet.atMs - before.atMs > 100;
    if (isAfterSilence) since = packet.atMs;
    const isFirstOfMinute = before !== undefined && before.atMs < minuteStart;
    if (isAfterSilence || (isFirstOfMinute && since <= minuteStart - 60_000)) found.push([]);
    found.at(-1)?.push(packet);
  });
  return found;
}

function compare(a: Packet, b: Packet): number {
  if (a.atMs !== b.atMs) return a.atMs - b.atMs;
  for (const [at, mine] of a.rank.entries()) {
    const other = b.rank[at] ?? '';
    if (mine !== other) return mine < other ? -1 : 1;
  }
  return 0;
}
