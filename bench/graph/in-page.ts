import type { Page } from 'playwright';

/** What is asked of the page under measurement; everything in here runs in the browser. */

type DrawnNode = { readonly id: string; readonly x: number; readonly y: number };

type Task = { readonly startMs: number; readonly durationMs: number };

type Drawing = {
  readonly nodes: () => { readonly map: <T>(use: (node: CyNode) => T) => readonly T[] };
  readonly edges: () => { readonly length: number };
};
type CyNode = {
  readonly id: () => string;
  readonly position: () => { readonly x: number; readonly y: number };
};

/** From the first instant of every page on: tasks of the main thread that took 50 ms or more. */
export async function watchLongTasks(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const tasks: Task[] = [];
    Reflect.set(window, 'flowloomLongTasks', tasks);
    new PerformanceObserver((list) => {
      for (const { startTime, duration } of list.getEntries()) {
        tasks.push({ startMs: startTime, durationMs: duration });
      }
    }).observe({ type: 'longtask', buffered: true });
  });
}

/** The longest task between two instants of the page's clock; 0 where none took 50 ms. */
export async function longestTaskMs(page: Page, fromMs: number, toMs: number): Promise<number> {
  const tasks = await page.evaluate((): readonly Task[] => Reflect.get(window, 'flowloomLongTasks'));
  return Math.round(
    tasks
      .filter(({ startMs, durationMs }) => startMs + durationMs >= fromMs && startMs <= toMs)
      .reduce((most, { durationMs }) => Math.max(most, durationMs), 0),
  );
}

/** When the nth picture of this page had settled, in milliseconds since the navigation. */
export async function settledAtMs(page: Page, nth: number): Promise<number> {
  await page.waitForFunction((count) => performance.getEntriesByName('graph-settled').length >= count, nth, {
    timeout: 120_000,
    polling: 25,
  });
  return page.evaluate(
    (index) => performance.getEntriesByName('graph-settled')[index]?.startTime ?? Number.NaN,
    nth - 1,
  );
}

/** What the last layout took in its worker. */
export async function layoutMs(page: Page): Promise<number> {
  return page.evaluate(() =>
    Math.round(performance.getEntriesByName('graph-layout').at(-1)?.duration ?? Number.NaN),
  );
}

export async function drawnNodes(page: Page): Promise<readonly DrawnNode[]> {
  return page.evaluate(() => {
    const drawing: Drawing = Reflect.get(
      Reflect.get(document.querySelector('[role=application]') ?? {}, '_cyreg'),
      'cy',
    );
    return drawing.nodes().map((node) => ({ id: node.id(), ...node.position() }));
  });
}

/** Lines that are elements, and those that are drawn as a crowd. */
export async function drawnLines(page: Page): Promise<number> {
  return page.evaluate(() => {
    const drawing: Drawing = Reflect.get(
      Reflect.get(document.querySelector('[role=application]') ?? {}, '_cyreg'),
      'cy',
    );
    const crowd = document.querySelector<HTMLElement>('canvas[data-lines]')?.dataset.lines ?? '0';
    return drawing.edges().length + Number(crowd);
  });
}
