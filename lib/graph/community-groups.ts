import { compareText } from '#lib/kit/compare-text.ts';
import type { Layer } from './layers.ts';
import { namedCommunities } from './layout/communities.ts';
import { networkOf } from './layout/network.ts';
import type { End, Traffic } from './model.ts';

type Pair = Pick<Traffic, 'source' | 'target'>;

/**
 * Namespaces that talk to one another more than to others, as a layer for each community. Who is called by most of a
 * cluster belongs to no one, and who is alone stays so. It goes by who talks to whom and not by how much, so that it
 * changes only where a pair is new.
 */
export function communityLayers(rows: readonly Pair[]): readonly Layer[] {
  const clusters = new Set(rows.flatMap(({ source, target }) => [source.cluster, target.cluster]));
  return [...clusters].toSorted(compareText).flatMap((cluster) => layersIn(cluster, rows));
}

function layersIn(cluster: string, rows: readonly Pair[]): readonly Layer[] {
  const inside = (end: End): string | null => (end.cluster === cluster ? end.namespace : null);
  const links = rows.flatMap(({ source, target }) => {
    const [from, to] = [inside(source), inside(target)];
    return from === null || to === null ? [] : [{ source: from, target: to }];
  });
  const names = [...new Set(links.flatMap(({ source, target }) => [source, target]))].toSorted(compareText);
  const byName = links.toSorted((a, b) => compareText(a.source, b.source) || compareText(a.target, b.target));
  const network = networkOf(
    names.map((id) => ({ id, width: 0, height: 0 })),
    byName,
  );
  return [...namedCommunities(network)].flatMap(([name, members]) => {
    if (name === 'hubs' || name === 'apart') return [];
    const own = new Set(members);
    const partners = (box: number): number =>
      (network.incident[box] ?? []).filter(
        (link) => own.has(network.sources[link] ?? -1) && own.has(network.targets[link] ?? -1),
      ).length;
    // Names are in order: of equals the first stands for all.
    const centre = members.reduce((best, box) => (partners(box) > partners(best) ? box : best));
    const namespaces = members.flatMap((box) => names[box] ?? []);
    const called = names[centre] ?? '';
    return [
      { cluster, name: `community=${called}`, label: `${called} +${namespaces.length - 1}`, namespaces },
    ];
  });
}
