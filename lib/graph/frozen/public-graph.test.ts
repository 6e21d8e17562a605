import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { type GraphDocument, graphSchema } from '#lib/contracts/graph.ts';
import type { LayerRef } from '#lib/contracts/layer-ref.ts';
import { aggregate } from '../aggregate.ts';
import { depthOf } from '../depth.ts';
import { drawnTraffic } from '../filter-traffic.ts';
import type { End, Traffic } from '../model.ts';
import { noSums } from '../sums.ts';
import { noCompleteness, publicGraph } from './public-graph.ts';

const edgeId = (source: string, target: string): string => `${source}>${target}`;
const end = (kind: End['kind'], namespace: string | null, name: string): End => ({
  cluster: 'prod',
  kind,
  namespace,
  name,
});
const web = end('workload', 'shop', 'web');
const cart = end('workload', 'shop', 'cart');
const ends = [
  cart,
  end('workload', 'bank', 'till'),
  end('service', 'bank', 'api'),
  end('workload', 'kube-system', 'dns'),
  end('host', null, 'ip-10-0-1-23.internal'),
  end('host', null, 'kube-apiserver'),
  end('networkset', 'bank', 'partners'),
  end('networkset', null, 'offices'),
  end('domain', null, 'partner.example'),
  end('network', null, 'public'),
  end('unknown', null, ''),
];

function graph(
  level: GraphDocument['level'],
  expand: readonly string[] = [],
  layers: readonly LayerRef[] = [],
): GraphDocument {
  const rows: readonly Traffic[] = ends.map((target, index) => ({
    source: web,
    target,
    inScope: { source: true, target: false },
    protocol: 'tcp',
    port: 443,
    verdict: 'denied',
    sums: { ...noSums, records: 1, flows: index + 1 },
    lastSeenMs: 0,
  }));
  const span = { from: '2026-03-14T00:00:00.000Z', to: '2026-03-14T01:00:00.000Z' };
  return {
    window: { requested: span, answered: span, pieces: [] },
    level,
    completeness: { ...noCompleteness, lostEvents: 7 },
    ...aggregate(drawnTraffic(rows, depthOf({ level, expand, layers })), level, edgeId),
    truncated: null,
  };
}

const make = (document: GraphDocument, hideNames: boolean): GraphDocument =>
  publicGraph(document, {
    edgeId,
    hideNames,
    shuffled: (id) => id.split('').reverse().join(''),
    namesLast: false,
  });

it('keeps the picture and its counts, and drops names of machines, whose it is and how it came', () => {
  const before = graph('workload');
  const after = graphSchema.parse(make(before, false));
  expect(after.nodes.length).toBe(before.nodes.length);
  expect(after.edges.map(({ denied }) => denied.flows).sort()).toEqual(
    before.edges.map(({ denied }) => denied.flows).sort(),
  );
  const text = JSON.stringify(after);
  expect(text).not.toMatch(/10-0-1-23|"inScope":false|"inScope":"source"|"lostEvents":7/);
  for (const word of ['web', 'till', 'kube-apiserver', 'partner.example', 'offices', 'host-1'])
    expect(text).toContain(word);
});

it.each(['cluster', 'namespace', 'workload', 'port'] as const)(
  'names nothing at the level %s where names are hidden',
  (level) => {
    const before = graph(level, ['prod/namespace/shop', 'prod/workload/shop/cart']);
    const after = graphSchema.parse(make(before, true));
    const text = JSON.stringify(after);
    expect(text).not.toMatch(/prod|shop|bank|web|cart|till|"api|partner|offices|10-0-1-23/);
    if (level !== 'cluster') expect(text).toContain('kube-apiserver');
    // Each node is still one, and each edge between two of them.
    const ids = new Set(after.nodes.map(({ id }) => id));
    expect(ids.size).toBe(before.nodes.length);
    for (const { source, target } of after.edges)
      expect([ids.has(source), ids.has(target)]).toEqual([true, true]);
    for (const { parent } of after.nodes) if (parent !== undefined) expect(ids.has(parent)).toBe(true);
  },
);

it('numbers the layers that people named, and keeps what is built in', () => {
  const before = graph('namespace', [], ['platform', 'Money:bank,shop']);
  const layersIn = (document: GraphDocument) =>
    document.nodes.filter(({ kind }) => kind === 'layer').map(({ id, label }) => [id, label]);
  const platform = (cluster: string) => [`${cluster}/layer/platform`, 'Platform'];
  expect(layersIn(make(before, false))).toEqual([['prod/layer/Money', 'Money'], platform('prod')]);
  const hidden = [['cluster-1/layer/layer-1', 'layer-1'], platform('cluster-1')];
  expect(layersIn(make(before, true))).toEqual(hidden);
});

it('calls a machine the same in the next picture, whatever came and went', () => {
  const lasting = (document: GraphDocument) =>
    publicGraph(document, {
      edgeId,
      hideNames: true,
      // All alike for six digits, so that names would fall together.
      shuffled: (id) => `abcdef${Buffer.from(id).toString('hex')}`,
      namesLast: true,
    });
  const whole = graph('workload');
  const [, ...fewer] = whole.nodes;
  const before = lasting(whole).nodes;
  expect(new Set(before.map(({ id }) => id)).size).toBe(whole.nodes.length);
  const distinct = (document: GraphDocument) =>
    publicGraph(document, {
      edgeId,
      hideNames: true,
      shuffled: (id) => createHash('sha256').update(id).digest('hex'),
      namesLast: true,
    }).nodes.map(({ id }) => id);
  const kept = distinct({ ...whole, nodes: fewer });
  expect(distinct(whole)).toEqual(expect.arrayContaining(kept));
});
