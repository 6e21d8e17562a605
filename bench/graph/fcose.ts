import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser } from 'playwright';

type Graph = {
  readonly nodes: readonly { readonly id: string }[];
  readonly edges: readonly { readonly id: string; readonly source: string; readonly target: string }[];
};

/** What cytoscape-fcose takes for the same graph, with its own defaults, in an empty page of the same browser. */
export async function fcoseMs(browser: Browser, { nodes, edges }: Graph): Promise<number> {
  const page = await browser.newPage();
  try {
    for (const file of scripts()) await page.addScriptTag({ content: readFileSync(file, 'utf8') });
    page.setDefaultTimeout(0);
    return await page.evaluate(
      (elements) => {
        const drawing = Reflect.get(window, 'cytoscape')({ headless: true, styleEnabled: true, elements });
        const startedMs = performance.now();
        const options = { name: 'fcose', animate: false };
        drawing.layout(options).run();
        return Math.round(performance.now() - startedMs);
      },
      [
        ...nodes.map(({ id }) => ({ data: { id } })),
        ...edges.map(({ id, source, target }) => ({ data: { id, source, target } })),
      ],
    );
  } finally {
    await page.close();
  }
}

/** In the order in which they need each other; the two below fcose are its own dependencies. */
function scripts(): readonly string[] {
  const require = createRequire(import.meta.url);
  const core = require.resolve('cytoscape').replace(/cytoscape\.[a-z.]*$/u, 'cytoscape.min.js');
  const fcose = require.resolve('cytoscape-fcose');
  const below = createRequire(fcose).resolve('cose-base');
  return [core, createRequire(below).resolve('layout-base'), below, fcose];
}
