import type { GraphDocument } from '#lib/contracts/graph.ts';
import type { NamespaceCoverage } from '#lib/contracts/overlay.ts';
import { volumeOf } from '../amounts.ts';
import type { LegendEntry, Overlay, Shield } from './overlay.ts';
import { whyEmpty } from './told.ts';

const words: Readonly<Record<Shield, string>> = {
  'shield-full': 'default deny, in and out',
  'shield-part': 'one direction or some workloads',
  'shield-none': 'no policy',
  'shield-unknown': 'not known',
};

const shields = ['shield-full', 'shield-part', 'shield-none', 'shield-unknown'] as const;

/** What of each namespace the policies take hold of. A default deny draws no line: it is on the node. */
export const coverageOverlay: Overlay = {
  name: 'coverage',
  title: 'Coverage',
  about: 'Per namespace and direction: default deny, some policy, or none',
  isAsked: true,
  paint: (document) => {
    const marks = shieldsOf(document);
    const found = new Set(marks.values());
    return {
      legend: shields
        .filter((shield) => found.has(shield))
        .map((shield): LegendEntry => ({ kind: 'shield', shield, text: words[shield] })),
      note: whyEmpty(document),
      strokes: (edge) => [
        { tone: 'quiet', volume: volumeOf(edge.allowed) + edge.denied.flows + edge.dropped.flows },
      ],
      shields: marks,
    };
  },
};

function shieldsOf({ overlay }: GraphDocument): ReadonlyMap<string, Shield> {
  return new Map((overlay?.coverage ?? []).map((covered) => [covered.node, shieldOf(covered)]));
}

/** The weaker half says what a namespace is: with one open side it is covered in part. */
export function shieldOf({ ingress, egress }: Pick<NamespaceCoverage, 'ingress' | 'egress'>): Shield {
  const states = [ingress.state, egress.state];
  if (states.every((state) => state === 'default-deny')) return 'shield-full';
  if (states.some((state) => state === 'default-deny' || state === 'some')) return 'shield-part';
  return states.includes('unknown') ? 'shield-unknown' : 'shield-none';
}
