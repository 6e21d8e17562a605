import v8 from 'node:v8';

// Measured: 100 MiB less at the peak than where V8 grows as it likes (to 128 MiB), at the same CPU time.
const MOST_BYTES = 16 << 20;

// By how much of what is alive the heap may grow until garbage is looked for. Measured with 600,000 lines: 110 MiB
// less at the peak than where V8 decides, which allows several times as much to who makes much of it.
const MOST_GROWTH_PERCENT = 60;

let isHeld = false;

/**
 * Keeps the space for new objects from growing further once it is large enough. Batches under way live just
 * long enough for V8 to think that more space would help, which it does not. The size itself can only be
 * given at the start of Node, which is not ours; how it grows is looked up at every growth.
 */
export function holdYoungGeneration(): void {
  if (isHeld) return;
  const young = v8.getHeapSpaceStatistics().find((space) => space.space_name === 'new_space');
  if (young === undefined || young.space_size < MOST_BYTES) return;
  v8.setFlagsFromString('--semi-space-growth-factor=1');
  v8.setFlagsFromString(`--heap-growing-percent=${MOST_GROWTH_PERCENT}`);
  isHeld = true;
}
