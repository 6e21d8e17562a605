import { z } from 'zod';

import type { TestPerson } from '../../test/person.ts';
import type { Stage } from '../stage.ts';

const ROUNDS = 4;

type Span = { readonly fromMs: number; readonly toMs: number };

const graphSchema = z.object({ edges: z.array(z.unknown()) });

export type Measured = {
  readonly edges: number;
  readonly wallMs: readonly number[];
  readonly postgresCpuMs: readonly number[];
};

/** The whole graph of every window, asked over HTTP one after the other, read to its last byte. */
export async function measureWindow(
  { url, person, stage }: { readonly url: string; readonly person: TestPerson; readonly stage: Stage },
  spans: readonly Span[],
): Promise<Measured> {
  const wallMs: number[] = [];
  const postgresCpuMs: number[] = [];
  let edges = 0;
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const { fromMs, toMs } of spans) {
      const [from, to] = [new Date(fromMs).toISOString(), new Date(toMs).toISOString()];
      const address = `${url}/api/v1/graph?from=${from}&to=${to}&level=namespace&size=whole`;
      const before = await stage.postgresCpuSeconds();
      const startedMs = performance.now();
      const answer = await fetch(address, { headers: { authorization: person.bearer } });
      const text = await answer.text();
      const tookMs = performance.now() - startedMs;
      if (!answer.ok) throw new Error(`${address}: ${answer.status} ${text}`);
      const after = await stage.postgresCpuSeconds();
      edges = graphSchema.parse(JSON.parse(text)).edges.length;
      // The first round fills the caches.
      if (round === 0) continue;
      wallMs.push(tookMs);
      postgresCpuMs.push(((after ?? Number.NaN) - (before ?? Number.NaN)) * 1000);
    }
  }
  return { edges, wallMs, postgresCpuMs };
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return Math.round((sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN) * 10) / 10;
}
