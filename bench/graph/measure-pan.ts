import type { Page } from 'playwright';

const STEPS = 90;

/** Frames while the picture is dragged about and zoomed: what 95 of 100 stay below. */
export async function measurePan(page: Page) {
  const box = await page.locator('[role=application]').boundingBox();
  if (!box) throw new Error('there is no canvas');
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  const ground = await freePoint(page, box);
  await startFrames(page);
  await page.mouse.move(ground.x, ground.y);
  await page.mouse.down();
  for (let step = 1; step <= STEPS; step += 1) {
    const angle = (step / STEPS) * 4 * Math.PI;
    await page.mouse.move(ground.x + 160 * Math.sin(angle), ground.y + 90 * (1 - Math.cos(angle)));
  }
  await page.mouse.up();
  const pan = await stopFrames(page);
  await page.mouse.move(middle.x, middle.y);
  await startFrames(page);
  for (let step = 0; step < STEPS / 2; step += 1) await page.mouse.wheel(0, step % 20 < 10 ? -60 : 60);
  const zoom = await stopFrames(page);
  return {
    panMedianMs: quantile(pan, 0.5),
    panP95Ms: quantile(pan, 0.95),
    zoomP95Ms: quantile(zoom, 0.95),
  };
}

/** A point of the ground with no node on it. */
async function freePoint(page: Page, box: { readonly x: number; readonly y: number }) {
  return page.evaluate(
    ({ x, y }) => {
      const drawing = Reflect.get(
        Reflect.get(document.querySelector('[role=application]') ?? {}, '_cyreg'),
        'cy',
      );
      const boxes: readonly { x1: number; x2: number; y1: number; y2: number }[] = drawing
        .nodes()
        .map((node: { renderedBoundingBox: () => unknown }) => node.renderedBoundingBox());
      for (let top = 120; top < 500; top += 7) {
        for (let left = 80; left < 700; left += 9) {
          if (boxes.every((b) => left < b.x1 - 4 || left > b.x2 + 4 || top < b.y1 - 4 || top > b.y2 + 4)) {
            return { x: x + left, y: y + top };
          }
        }
      }
      return { x: x + 12, y: y + 300 };
    },
    { x: box.x, y: box.y },
  );
}

async function startFrames(page: Page): Promise<void> {
  await page.evaluate(() => {
    const frames: number[] = [];
    let last = performance.now();
    const next = (now: number) => {
      frames.push(now - last);
      last = now;
      Reflect.set(window, 'flowloomFrame', requestAnimationFrame(next));
    };
    Reflect.set(window, 'flowloomFrames', frames);
    Reflect.set(window, 'flowloomFrame', requestAnimationFrame(next));
  });
}

async function stopFrames(page: Page): Promise<readonly number[]> {
  return page.evaluate(() => {
    cancelAnimationFrame(Reflect.get(window, 'flowloomFrame'));
    return Reflect.get(window, 'flowloomFrames');
  });
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.slice(1).toSorted((a, b) => a - b);
  return Math.round((sorted[Math.floor(sorted.length * share)] ?? Number.NaN) * 10) / 10;
}
