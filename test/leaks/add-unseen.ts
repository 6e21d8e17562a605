import { applyInventory } from '#lib/server/apply-inventory.ts';
import { putBinding, putGroup } from '#lib/server/change-binding.ts';
import { createIngestToken } from '#lib/server/create-ingest-token.ts';
import type { TestDatabase } from '../database.ts';
import { ingestText } from '../ingest-text.ts';
import { makePerson } from '../person.ts';
import { foreignLines, hourMs, minuteMs } from './secret-estate.ts';

/** Everything that may come to an installation without touching the team. */
export async function addUnseen(database: TestDatabase, nowMs: number): Promise<void> {
  const lines = (ms: number) => `${foreignLines(ms).join('\n')}\n`;
  for (const ms of [nowMs, nowMs - 20 * minuteMs, nowMs + 9 * minuteMs, nowMs - 40 * 24 * hourMs]) {
    await ingestText(database, lines(ms));
  }
  await ingestText(database, lines(nowMs), { namedCluster: 'zz-new-cluster' });
  await ingestText(database, `${'zz-rejected\n'.repeat(9)}`, { format: 'hubble' });
  const text = `{apiVersion: v1, kind: Namespace, metadata: {name: zz-peer, labels: {team: other}}}
---
{apiVersion: v1, kind: Namespace, metadata: {name: zz-new, labels: {team: other}}}
---
{apiVersion: v1, kind: ServiceAccount, metadata: {name: zz-new, namespace: zz-peer}}`;
  const files = [{ file: 'b.yaml', text }];
  await applyInventory(database.urls, { cluster: 'c1', files, prune: 'none', nowMs });
  await createIngestToken(database.urls, { cluster: 'c1', name: 'zz-new', expires: hourMs }, nowMs);
  const { email } = await makePerson(database.urls, { role: null });
  await putGroup(database.urls, { name: 'zz-new', members: [email] }, nowMs);
  const subjects = [{ kind: 'Group' as const, name: 'zz-new' }];
  const scopes = [{ clusters: ['*'], namespaces: ['shop', 'zz-peer'] }];
  await putBinding(database.urls, { name: 'zz-new', role: 'team', subjects, scopes }, nowMs);
}
