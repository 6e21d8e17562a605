import { baseLinks } from '#lib/generate/base-links.ts';
import { baseNamespaces, type NamespaceDraft } from '#lib/generate/base-namespaces.ts';
import type { Estate, Link, LinkEnd, Workload } from '#lib/generate/estate.ts';
import { type EstateDraft, growEstate } from '#lib/generate/grow-estate.ts';
import { draftLink, externalOf, type LinkDraft } from '#lib/generate/link-draft.ts';
import { createRandom } from '#lib/generate/random.ts';

export type EstateSize = {
  readonly namespaces: number;
  /** In all; null for what the namespaces bring along. At least one per namespace. */
  readonly workloads: number | null;
};

/** The estate's own number among the parts of a seed, so that traffic draws from other streams. */
const estateStream = 1;

/** An estate of exactly that size: the base one, a connected part of it, or it with generated teams beside it. */
export function buildEstate(size: EstateSize, seed: number): Estate {
  const base: EstateDraft = { namespaces: baseNamespaces, links: baseLinks };
  const missing = size.namespaces - baseNamespaces.length;
  const draft =
    missing > 0
      ? growEstate(base, missing, createRandom(seed, estateStream))
      : connectedPart(base, size.namespaces);
  return number(size.workloads === null ? draft : withWorkloads(draft, size.workloads));
}

/** The namespaces nearest to the shop's front, by the busiest ways, and what they have to do with each other. */
function connectedPart(draft: EstateDraft, count: number): EstateDraft {
  const chosen = new Set(['frontend']);
  const byVolume = [...draft.links].sort((a, b) => b.perHour - a.perHour);
  while (chosen.size < count) {
    const next = byVolume
      .map((link) => namespacesOf(link))
      .find(
        (ends) =>
          ends.length === 2 &&
          ends.some((name) => chosen.has(name)) &&
          ends.some((name) => !chosen.has(name)),
      );
    if (next === undefined) break;
    for (const name of next) chosen.add(name);
  }
  const visitors = chosen.has('ingress-nginx')
    ? []
    : [draftLink('@public', 'frontend/frontend', 8080, 20_400)];
  return {
    namespaces: draft.namespaces.filter((namespace) => chosen.has(namespace.name)),
    links: [
      ...visitors,
      ...draft.links.filter((link) => namespacesOf(link).every((name) => chosen.has(name))),
    ],
  };
}

function namespacesOf(link: LinkDraft): readonly string[] {
  return [link.from, link.to].filter((end) => !end.startsWith('@')).map((end) => end.split('/')[0] ?? '');
}

/** Cuts namespaces down to their first workloads, or gives them more, until there are `count`. */
function withWorkloads(draft: EstateDraft, count: number): EstateDraft {
  const natural = draft.namespaces.reduce((sum, namespace) => sum + namespace.workloads.length, 0);
  let spare = count - draft.namespaces.length;
  const namespaces: NamespaceDraft[] = [];
  const added: LinkDraft[] = [];
  for (const [index, namespace] of draft.namespaces.entries()) {
    const left = draft.namespaces.length - index;
    const wanted =
      count >= natural
        ? namespace.workloads.length - 1 + Math.ceil((spare - restOf(draft, index)) / left)
        : Math.min(namespace.workloads.length - 1, spare);
    spare -= wanted;
    const workloads = namespace.workloads.slice(0, 1 + wanted);
    for (let extra = 1; workloads.length < 1 + wanted; extra += 1) {
      const name = `extra-${extra}`;
      workloads.push({ name, kind: 'Deployment', replicas: 1 });
      added.push(
        draftLink(`${namespace.name}/${name}`, `${namespace.name}/${workloads[0]?.name ?? ''}`, 8080, 40),
      );
    }
    namespaces.push({ ...namespace, workloads });
  }
  const kept = new Map(namespaces.map((namespace) => [namespace.name, namespace]));
  const links = draft.links.map((link) => ({
    ...link,
    from: moveEnd(link.from, kept),
    to: moveEnd(link.to, kept),
  }));
  return { namespaces, links: [...links, ...added] };
}

/** The workloads beyond the first that this namespace and those after it bring along. */
function restOf(draft: EstateDraft, index: number): number {
  return draft.namespaces.slice(index).reduce((sum, namespace) => sum + namespace.workloads.length - 1, 0);
}

/** An end at a workload that was cut off moves to the first one of its namespace. */
function moveEnd(end: string, kept: ReadonlyMap<string, NamespaceDraft>): string {
  const [namespaceName = '', workloadName] = end.split('/');
  const namespace = kept.get(namespaceName);
  if (namespace === undefined || namespace.workloads.some((workload) => workload.name === workloadName))
    return end;
  return `${namespaceName}/${namespace.workloads[0]?.name ?? ''}`;
}

function number(draft: EstateDraft): Estate {
  const workloads: Workload[] = draft.namespaces
    .flatMap((namespace) =>
      namespace.workloads.map((workload) => ({ ...workload, namespace: namespace.name })),
    )
    .map((workload, id) => ({ ...workload, id }));
  const byName = new Map(
    workloads.map((workload) => [`${workload.namespace}/${workload.name}`, workload.id]),
  );
  function endOf(text: string): LinkEnd {
    const external = externalOf(text);
    if (external !== null) return { kind: 'external', external };
    const workload = byName.get(text);
    if (workload === undefined) throw new Error(`no workload is called ${text}`);
    return { kind: 'workload', workload };
  }
  const links: Link[] = newNamespacesFirst(draft.links).map((link, id) => ({
    ...link,
    id,
    from: endOf(link.from),
    to: endOf(link.to),
  }));
  return { namespaces: draft.namespaces.map(({ name, covered }) => ({ name, covered })), workloads, links };
}

/** Links in an order in which a short walk meets every namespace early. */
function newNamespacesFirst(links: readonly LinkDraft[]): readonly LinkDraft[] {
  const met = new Set<string>();
  const first: LinkDraft[] = [];
  const rest: LinkDraft[] = [];
  for (const link of links) {
    const names = namespacesOf(link);
    (link.scannedPorts === 0 && names.some((name) => !met.has(name)) ? first : rest).push(link);
    if (link.scannedPorts === 0) for (const name of names) met.add(name);
  }
  return [...first, ...rest];
}
