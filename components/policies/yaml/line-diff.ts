/** A line of two texts laid side by side; numbers count from 1 and are null where the line is not in that text. */
export type DiffLine = {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
  readonly before: number | null;
  readonly after: number | null;
};

/** Beyond this many comparisons what differs is shown as one block taken out and one put in. */
const mostCells = 4_000_000;

/** The fewest lines taken out and put in that make `after` of `before`; what is taken out stands first. */
export function diffLines(before: string, after: string): readonly DiffLine[] {
  const old = linesOf(before);
  const now = linesOf(after);
  const head = sharedHead(old, now);
  const tail = sharedTail(old, now, head);
  const oldMiddle = old.slice(head, old.length - tail);
  const nowMiddle = now.slice(head, now.length - tail);
  const kept = oldMiddle.length * nowMiddle.length > mostCells ? [] : commonLines(oldMiddle, nowMiddle);
  const lines: DiffLine[] = [];
  let at = 0;
  let to = 0;
  const same = (count: number) => {
    for (const end = at + count; at < end; ) {
      lines.push({ kind: 'same', text: old[at] ?? '', before: ++at, after: ++to });
    }
  };
  const change = (oldEnd: number, nowEnd: number) => {
    while (at < oldEnd) lines.push({ kind: 'removed', text: old[at] ?? '', before: ++at, after: null });
    while (to < nowEnd) lines.push({ kind: 'added', text: now[to] ?? '', before: null, after: ++to });
  };
  same(head);
  for (const [oldAt, nowAt] of kept) {
    change(head + oldAt, head + nowAt);
    same(1);
  }
  change(old.length - tail, now.length - tail);
  same(tail);
  return lines;
}

function linesOf(text: string): readonly string[] {
  const trimmed = text.replace(/\n+$/, '');
  return trimmed === '' ? [] : trimmed.split('\n');
}

function sharedHead(old: readonly string[], now: readonly string[]): number {
  let count = 0;
  while (count < old.length && count < now.length && old[count] === now[count]) count += 1;
  return count;
}

function sharedTail(old: readonly string[], now: readonly string[], head: number): number {
  const most = Math.min(old.length, now.length) - head;
  let count = 0;
  while (count < most && old[old.length - 1 - count] === now[now.length - 1 - count]) count += 1;
  return count;
}

/** The longest common subsequence, as pairs of positions. */
function commonLines(old: readonly string[], now: readonly string[]): readonly (readonly [number, number])[] {
  const width = now.length + 1;
  const longest = new Uint32Array((old.length + 1) * width);
  for (let i = old.length - 1; i >= 0; i -= 1) {
    for (let j = now.length - 1; j >= 0; j -= 1) {
      longest[i * width + j] =
        old[i] === now[j]
          ? (longest[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(longest[(i + 1) * width + j] ?? 0, longest[i * width + j + 1] ?? 0);
    }
  }
  const pairs: (readonly [number, number])[] = [];
  for (let i = 0, j = 0; i < old.length && j < now.length; ) {
    if (old[i] === now[j]) pairs.push([i++, j++]);
    else if ((longest[(i + 1) * width + j] ?? 0) >= (longest[i * width + j + 1] ?? 0)) i += 1;
    else j += 1;
  }
  return pairs;
}

/** A stretch of a diff that is shown; between two of them `skipped` lines are the same and left out. */
export type DiffPart = { readonly skipped: number; readonly lines: readonly DiffLine[] };

/** What changed, with `context` lines around it. Without any change there is no part. */
export function partsOf(lines: readonly DiffLine[], context = 3): readonly DiffPart[] {
  const isShown = lines.map(() => false);
  for (const [index, { kind }] of lines.entries()) {
    if (kind === 'same') continue;
    const last = Math.min(lines.length - 1, index + context);
    for (let near = Math.max(0, index - context); near <= last; near += 1) isShown[near] = true;
  }
  const parts: { skipped: number; lines: DiffLine[] }[] = [];
  let skipped = 0;
  for (const [index, line] of lines.entries()) {
    if (isShown[index] !== true) {
      skipped += 1;
      continue;
    }
    const open = parts.at(-1);
    if (open === undefined || skipped > 0) parts.push({ skipped, lines: [line] });
    else open.lines.push(line);
    skipped = 0;
  }
  return parts;
}
