import type { GraphDocument } from '#lib/contracts/graph.ts';
import { policyOfOverlay } from '#lib/contracts/overlay.ts';
import { type LegendEntry, line, type Overlay, type Painting, type Shield } from './overlay.ts';
import { detailOf, strokesBy, valuesIn, whyEmpty } from './told.ts';
import type { Tone } from './tones.ts';

const tones = {
  allowed: ['allowed'],
  denied: ['denied'],
  dropped: ['dropped'],
  mixed: ['allowed', 'denied'],
} as const satisfies Readonly<Record<string, readonly Tone[]>>;

type Value = NonNullable<GraphDocument['edges'][number]['overlay']>['value'];

function tonesOf(value: Value): readonly Tone[] {
  return value === 'allowed' || value === 'denied' || value === 'dropped' || value === 'mixed'
    ? tones[value]
    : ['unknown'];
}

/** Which policies decided, as the records name them; or of one policy what it selects and what it decided. */
export const policyOverlay: Overlay = {
  name: 'policy',
  title: 'Policy',
  about: 'The policy that decided, as the records name it',
  isAsked: true,
  paint: (document) =>
    policyOfOverlay(document.overlay?.name ?? '') === null ? paintAll(document) : paintOne(document),
};

function paintAll(document: GraphDocument): Painting {
  const values = valuesIn(document);
  const isSilent = document.edges.some(({ overlay }) => overlay === undefined);
  return {
    legend: [
      line('allowed', 'allowed by'),
      line('denied', 'denied by'),
      ...(values.has('dropped') ? [line('dropped', 'dropped')] : []),
      ...(isSilent && document.overlay ? [line('unknown', 'no policy recorded')] : []),
    ],
    note: whyEmpty(document),
    hint: document.overlay ? 'point at an edge for the policy' : '',
    strokes: strokesBy(({ value }) => tonesOf(value), document.overlay ? 'unknown' : 'quiet'),
    detail: { name: 'Decided by', of: detailOf },
  };
}

const words: Readonly<Record<Shield, string>> = {
  'shield-full': 'selected',
  'shield-part': 'some of its workloads selected',
  'shield-unknown': 'selected, perhaps',
  'shield-none': 'not selected',
};

/** One policy: shields on what it selects, lines of what it decided, and all else steps back. */
function paintOne(document: GraphDocument): Painting {
  const selected = document.overlay?.selected ?? null;
  const values = valuesIn(document);
  const marks = new Map((selected?.nodes ?? []).map((node) => [node.node, shieldOfSelected(node)] as const));
  const found = new Set(marks.values());
  const told = document.edges.filter(({ overlay }) => overlay !== undefined);
  const shields = (['shield-full', 'shield-part', 'shield-unknown'] as const).filter((one) => found.has(one));
  return {
    legend: [
      ...shields.map((shield): LegendEntry => ({ kind: 'shield', shield, text: words[shield] })),
      ...(values.has('allowed') || values.has('mixed') ? [line('allowed', 'allowed by it')] : []),
      ...(values.has('denied') || values.has('mixed') ? [line('denied', 'denied by it')] : []),
    ],
    note: noteOf(selected, told.length),
    strokes: strokesBy(({ value }) => tonesOf(value), 'quiet'),
    shields: marks,
    detail: { name: 'Decided by', of: detailOf },
    lit: {
      nodes: new Set([...marks.keys(), ...told.flatMap(({ source, target }) => [source, target])]),
      edges: new Set(told.map(({ id }) => id)),
    },
  };
}

type Selected = NonNullable<NonNullable<GraphDocument['overlay']>['selected']>;

function noteOf(selected: Selected | null, edges: number): string {
  if (selected === null) return 'there is no such policy, or you may not see it';
  if (!selected.isEvaluated) return 'it is not evaluated, so nobody knows what it selects';
  if (selected.nodes.length === 0) return 'it selects nothing that you see';
  return edges === 0 ? 'no record of this window names it' : '';
}

function shieldOfSelected({ workloads, selected }: Selected['nodes'][number]): Shield {
  if (selected === 0) return 'shield-unknown';
  return selected === workloads ? 'shield-full' : 'shield-part';
}
