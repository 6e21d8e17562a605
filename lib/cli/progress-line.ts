const MIB = 1 << 20;
// Often enough to be alive, seldom enough to be read.
const EVERY_MS = 200;

/** One line on a terminal that tells how far an input is; nothing where the error output is no terminal. */
export function createProgressLine(source: string): {
  readonly show: (progress: { readonly bytes: number; readonly records: number }) => void;
  readonly clear: () => void;
} {
  const startedMs = performance.now();
  let shownMs = startedMs;
  let isShown = false;
  return {
    show: ({ bytes, records }) => {
      const nowMs = performance.now();
      if (!process.stderr.isTTY || nowMs - shownMs < EVERY_MS) return;
      shownMs = nowMs;
      isShown = true;
      const perSecond = Math.round((records * 1000) / (nowMs - startedMs));
      process.stderr.write(
        `\r\x1b[K${source}: ${records} records, ${Math.round(bytes / MIB)} MiB, ${perSecond} records/s`,
      );
    },
    clear: () => {
      if (isShown) process.stderr.write('\r\x1b[K');
    },
  };
}
