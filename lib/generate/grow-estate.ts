import type { NamespaceDraft } from '#lib/generate/base-namespaces.ts';
import { draftLink, type LinkDraft, refuse } from '#lib/generate/link-draft.ts';
import type { Random } from '#lib/generate/random.ts';

export type EstateDraft = {
  readonly namespaces: readonly NamespaceDraft[];
  readonly links: readonly LinkDraft[];
};

const teams = [
  'atlas',
  'beacon',
  'cobalt',
  'delta',
  'ember',
  'falcon',
  'garnet',
  'harbor',
  'indigo',
  'juniper',
  'kepler',
  'lagoon',
];
const purposes = [
  'orders',
  'billing',
  'search',
  'catalogue',
  'identity',
  'reports',
  'notify',
  'inventory',
  'pricing',
  'media',
  'audit',
  'gateway',
];

const coverages = ['both', 'ingress', 'no'] as const;

/** Calls that a generated namespace makes to others, beside its lookups and its scrape: six edges in all. */
const callsPerNamespace = 4;

/** `count` more namespaces of generated teams, each with about six edges, and volumes falling off as Zipf found. */
export function growEstate(base: EstateDraft, count: number, random: Random): EstateDraft {
  const namespaces = [...base.namespaces];
  const links = [...base.links];
  for (let i = 0; i < count; i += 1) {
    const namespace = generatedNamespace(i);
    const server = `${namespace.name}/api`;
    links.push(
      draftLink(server, 'kube-system/coredns', 53, 120, {
        protocol: 'udp',
        layer7: 'dns',
        requestBytes: 86,
        responseBytes: 178,
      }),
      draftLink('monitoring/prometheus', server, 9464, 60, {
        rhythm: 'steady',
        portName: 'metrics',
        responseBytes: 31_000,
      }),
      draftLink(server, `${namespace.name}/store`, 5432, zipfVolume(random), { responseBytes: 8_000 }),
    );
    // A squared deviate prefers namespaces that came early: a few are called by many.
    for (let call = 0; call < callsPerNamespace && i > 0; call += 1) {
      const callee = generatedNamespace(Math.floor(random.next() ** 2 * i));
      const caller = random.next() < 0.7 ? server : `${namespace.name}/worker`;
      links.push(callOf(caller, callee, random));
    }
    if (i === 0) links.push(draftLink('ingress-nginx/ingress-nginx-controller', server, 8080, 900));
    if (random.next() < 0.25)
      links.push(
        draftLink(`${namespace.name}/worker`, '@domain:s3.objects.example', 443, zipfVolume(random)),
      );
    namespaces.push(namespace);
  }
  return { namespaces, links };
}

function callOf(caller: string, callee: NamespaceDraft, random: Random): LinkDraft {
  if (callee.covered === 'no' || random.next() > 0.06)
    return draftLink(caller, `${callee.name}/api`, 8080, zipfVolume(random), {
      layer7: random.next() < 0.2 ? 'http' : null,
    });
  const deniedBy = {
    tier: 'default',
    namespace: callee.name,
    name: `${callee.name}-ingress`,
    rule: -1,
  } as const;
  return refuse('ingress', deniedBy, draftLink(caller, `${callee.name}/store`, 5432, 12));
}

function generatedNamespace(index: number): NamespaceDraft {
  const team = teams[index % teams.length] ?? 'team';
  const purpose = purposes[Math.floor(index / teams.length) % purposes.length] ?? 'service';
  const round = Math.floor(index / (teams.length * purposes.length));
  return {
    name: round === 0 ? `${team}-${purpose}` : `${team}-${purpose}-${round + 1}`,
    covered: coverages[index % coverages.length] ?? 'no',
    workloads: [
      { name: 'api', kind: 'Deployment', replicas: 1 + (index % 3) },
      { name: 'worker', kind: 'Deployment', replicas: 1 },
      { name: 'store', kind: 'StatefulSet', replicas: 1 },
    ],
  };
}

/** Connections per hour between 4 and 4,000, most of them few. */
function zipfVolume(random: Random): number {
  return Math.min(4_000, Math.round(4 / (0.001 + random.next() ** 1.6)));
}
