import { afterAll, beforeAll, expect, it } from 'vitest';
import { auditPageSchema } from '#lib/contracts/audit.ts';
import { flowSchema, flowsPageSchema } from '#lib/contracts/flows.ts';
import { generateLines } from '#lib/generate/generate-lines.ts';
import { endAudit } from '#lib/server/record-audit.ts';
import { ingestText } from '../../../../test/ingest-text.ts';
import { makePerson } from '../../../../test/person.ts';
import { serverDatabase } from '../../../../test/server-database.ts';
import { GET as audit } from '../audit/route.ts';
import { GET as exported } from './export/route.ts';
import { GET } from './route.ts';

let database: Awaited<ReturnType<typeof serverDatabase>>;
let admin: string;
let reading: string;

const flows = 4_500;

beforeAll(async () => {
  database = await serverDatabase();
  admin = (await makePerson(database.urls)).bearer;
  reading = (await makePerson(database.urls, { role: 'viewer' })).bearer;
  const toMs = Date.now();
  const size = { flows, namespaces: 8, workloads: null, fromMs: toMs - 3_600_000, toMs };
  const lines = generateLines({ ...size, seed: 1, format: 'calico' });
  await ingestText(database, `${[...lines].join('\n')}\n`, { format: 'calico' });
});
afterAll(async () => {
  await endAudit(database.urls);
  await database.close();
});

function requestOf(path: string, authorization = admin): Request {
  const headers = { host: '127.0.0.1:3000', authorization };
  return new Request(`http://127.0.0.1:3000/api/v1${path}`, { headers });
}

const window = 'from=-2h&to=now';

it('answers pages, and says what is wrong with a cursor or a limit', async () => {
  const answer = await GET(requestOf(`/flows?${window}&limit=7`));
  const page = flowsPageSchema.parse(await answer.json());
  expect([answer.status, page.flows.length, page.next === null]).toEqual([200, 7, false]);
  const next = await GET(requestOf(`/flows?${window}&limit=7&cursor=${page.next}`));
  const after = flowsPageSchema.parse(await next.json());
  expect(after.flows[0]?.at.localeCompare(page.flows[6]?.at ?? '')).toBeLessThanOrEqual(0);
  for (const wrong of ['cursor=x', 'limit=0', 'limit=1001', 'sort=time', 'filter=workload']) {
    expect([wrong, (await GET(requestOf(`/flows?${window}&${wrong}`))).status]).toEqual([wrong, 400]);
  }
});

it('exports all of them to whoever may, and tells the log before', async () => {
  const answer = await exported(requestOf(`/flows/export?${window}&format=jsonl&namespace=frontend`));
  expect(answer.headers.get('content-disposition')).toMatch(
    /^attachment; filename="flowloom-flows-.*\.jsonl"$/,
  );
  const events = auditPageSchema.parse(
    await (await audit(requestOf('/audit?namespace=frontend'))).json(),
  ).events;
  // Reads of everything are reads of this namespace, too, and so is that of the log: the newest of flows is meant.
  expect(events.find(({ kind }) => kind === 'flows-read')).toMatchObject({
    question: '/flows/export',
    namespaces: ['frontend'],
  });
  for (const line of (await answer.text()).trimEnd().split('\n')) {
    const { source, target } = flowSchema.parse(JSON.parse(line));
    expect([source.namespace, target.namespace]).toContain('frontend');
  }
  const csv = await exported(requestOf(`/flows/export?${window}&format=csv`));
  expect(csv.headers.get('content-type')).toMatch(/^text\/csv/);
  expect((await csv.text()).trimEnd().split('\r\n')).toHaveLength(flows + 1);
});

it('shows whoever may only read flows, and gives them no file', async () => {
  expect((await GET(requestOf(`/flows?${window}`, reading))).status).toBe(200);
  expect((await exported(requestOf(`/flows/export?${window}&format=csv`, reading))).status).toBe(403);
});

it('reads no further where whoever asked has gone', async () => {
  const answer = await exported(requestOf(`/flows/export?${window}&format=csv`));
  const reader = answer.body?.getReader();
  await reader?.read();
  await reader?.cancel();
  expect((await reader?.read())?.done).toBe(true);
});
