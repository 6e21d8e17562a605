import type { Browser, Page } from 'playwright';
import { z } from 'zod';

/**
 * What the main thread of a page did, by the browser's own trace: with the clock, and in processor time of the
 * thread, which other programs on the machine hardly change.
 */
export type MainThread = {
  readonly longestTaskMs: number;
  readonly longestTaskCpuMs: number;
  /** All tasks together. */
  readonly cpuMs: number;
};

const eventSchema = z.object({
  pid: z.number(),
  tid: z.number(),
  name: z.string(),
  ts: z.number().optional(),
  dur: z.number().optional(),
  tdur: z.number().optional(),
  args: z.unknown().optional(),
});
const traceSchema = z.object({ traceEvents: z.array(eventSchema) });

const categories = ['toplevel', 'blink.user_timing', '__metadata'];

/** Traces a page while `use` lasts; only tasks up to its last `graph-settled` are looked at. */
export async function traced<T>(
  browser: Browser,
  page: Page,
  use: () => Promise<T>,
): Promise<{ readonly result: T; readonly thread: MainThread }> {
  await browser.startTracing(page, { categories });
  const result = await use();
  const { traceEvents } = traceSchema.parse(JSON.parse((await browser.stopTracing()).toString('utf8')));
  return { result, thread: mainThreadOf(traceEvents) };
}

function mainThreadOf(events: readonly z.infer<typeof eventSchema>[]): MainThread {
  // The page is the one that says that its picture has settled; a server's or a browser's own pages do not.
  const settled = events.findLast(({ name }) => name === 'graph-settled');
  const tasks = events.filter(
    ({ name, pid, tid, ts = 0 }) =>
      name === 'ThreadControllerImpl::RunTask' &&
      pid === settled?.pid &&
      tid === settled.tid &&
      ts <= (settled.ts ?? 0),
  );
  const most = (of: (task: (typeof tasks)[number]) => number) =>
    tasks.reduce((high, task) => Math.max(high, of(task)), 0);
  return {
    longestTaskMs: Math.round(most(({ dur = 0 }) => dur) / 1000),
    longestTaskCpuMs: Math.round(most(({ tdur = 0 }) => tdur) / 1000),
    cpuMs: Math.round(tasks.reduce((sum, { tdur = 0 }) => sum + tdur, 0) / 1000),
  };
}
