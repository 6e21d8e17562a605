import { asOwner } from '#lib/db/owner-session.ts';
import { countApplies } from '#lib/db/remove-inventory.ts';
import type { DatabaseUrls } from '#lib/db/urls.ts';
import type { JsonObject } from '#lib/flows/json-fields.ts';
import { demoCluster } from '#lib/generate/demo-slices.ts';
import type { Estate } from '#lib/generate/estate.ts';
import { estateManifests } from '#lib/generate/estate-manifests.ts';
import { yamlText } from '#lib/inventory/to-yaml.ts';
import { floorTo, hourMs } from '#lib/kit/window.ts';
import { applyInventory } from './apply-inventory.ts';

// Before the first of the demo's flows, and within the window that the graph opens with.
const firstHoursAgo = 25;
const changedHoursAgo = 5;

/**
 * The demo's namespaces, workloads and policies, as people applied them: before its day, and again five hours ago,
 * when they wrote what is staged and moved a policy. No verdict follows from that change, so that records and
 * policies agree. Goes on where an earlier start was interrupted, and does nothing where all is there.
 */
export async function seedDemoInventory(
  urls: Pick<DatabaseUrls, 'owner'>,
  estate: Estate,
  nowMs: number,
): Promise<void> {
  const done = await asOwner(urls.owner, (session) => countApplies(session, demoCluster));
  const manifests = [...estateManifests(estate)];
  const hourAgo = (hours: number) => floorTo(nowMs, hourMs) - hours * hourMs;
  const steps = [
    { applied: manifests.filter(isEnforced).map(asBefore), atMs: hourAgo(firstHoursAgo) },
    { applied: manifests, atMs: hourAgo(changedHoursAgo) },
  ];
  for (const { applied, atMs } of steps.slice(done)) await apply(urls, applied, atMs);
}

async function apply(
  urls: Pick<DatabaseUrls, 'owner'>,
  manifests: readonly JsonObject[],
  nowMs: number,
): Promise<void> {
  const text = manifests.map(yamlText).join('---\n');
  const files = [{ file: 'demo estate, generated', text }];
  await applyInventory(urls, { cluster: demoCluster, files, prune: 'none', nowMs });
}

function isEnforced({ kind }: JsonObject): boolean {
  return !String(kind).startsWith('Staged');
}

const movedPolicy = 'security.pci-restrict';
const orderBefore = 25;

/** As it was before people moved it: behind the same policies, in front of the same ones. */
function asBefore(manifest: JsonObject): JsonObject {
  const { metadata, spec } = manifest;
  const isMoved =
    typeof metadata === 'object' && metadata !== null && Reflect.get(metadata, 'name') === movedPolicy;
  return isMoved && typeof spec === 'object' && spec !== null
    ? { ...manifest, spec: { ...spec, order: orderBefore } }
    : manifest;
}
