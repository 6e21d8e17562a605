/** Queries by address: what everybody is tried with, and what is wrong, hostile or out of the way. */
export type Questions = Readonly<
  Record<string, { readonly usual: readonly string[]; readonly strange?: readonly string[] }>
>;

const cursor = Buffer.from(JSON.stringify(['c1', '', 'Namespace', '', 'zz'])).toString('base64url');

const flowCursor = Buffer.from(`m0000000.${'0'.repeat(32)}.1`).toString('base64url');

/** What is asked of every address that reads, good and bad. A new one stands here, or the hunt does not begin. */
export function questionsOf(span: string): Questions {
  const expand = (ids: readonly string[]) => ids.map((id) => `&expand=c1/${id}`).join('');
  const own = expand(['cluster', 'layer/platform', 'namespace/shop', 'workload/shop/web']);
  const opened = `${own}${expand(['namespace/bank', 'namespace/zz-peer', 'namespace/zz-hidden', 'workload/zz-peer/zz-api'])}`;
  const policies = ['NetworkPolicy/zz-peer/zz-manifest', 'GlobalNetworkPolicy/zz-global'].map(
    (id) => `policy:c1/${id}`,
  );
  return {
    '/health': { usual: [''] },
    '/ready': { usual: [''] },
    '/metrics': { usual: [''] },
    '/api/v1/health': { usual: [''] },
    '/api/v1/ready': { usual: [''] },
    '/api/v1/metrics': { usual: [''] },
    '/api/v1/openapi.json': { usual: [''] },
    '/api/v1/sign-in/oidc': { usual: ['?next=/zz-nowhere'] },
    '/api/v1/auth/callback/oidc': { usual: ['?state=x&code=x'], strange: ['?error=zz'] },
    '/api/v1/session': { usual: [''] },
    '/api/v1/tokens': { usual: [''] },
    '/api/v1/people': { usual: [''], strange: ['?email=zz-person@corp.example'] },
    '/api/v1/clusters': { usual: [''], strange: ['?cluster=c1'] },
    '/api/v1/graph': {
      usual: [
        ...['cluster', 'namespace', 'workload', 'port'].map((level) => `?${span}&level=${level}`),
        `?${span}&level=cluster&layer=platform${own}`,
        `?${span}&layer=${encodeURIComponent('Own:shop,zz-*')}`,
      ],
      strange: [
        '',
        `?${span}&level=pod`,
        `?${span}&layer=zz`,
        `?${span}&level=namespace${opened}&expand=outside-scope`,
        `?${span}&filter=${encodeURIComponent('workload starts with "zz"')}${opened}`,
        `?${span}${'&expand=zz'.repeat(201)}`,
        ...['c1', 'zz-cluster', '', 'C1', '%00'].map((cluster) => `?${span}&cluster=${cluster}`),
        ...['zz-hidden', 'zz-peer', 'shop', "'"].map((name) => `?${span}&namespace=${name}&level=workload`),
        `?${span}&namespace=shop&namespace=zz-peer&level=workload`,
        `?${span}&filter=workload`,
        `?${span}&filter=${encodeURIComponent('source.namespace == dest.namespace')}`,
        `?${span}&filter=${encodeURIComponent('denied > 0')}&level=workload`,
        `?${span}&hide=${encodeURIComponent('namespace == "shop"')}&level=workload`,
        `?${span}&size=whole&level=workload`,
        ...['label', 'label:team', 'label:zz', 'community', 'none', 'zz'].map(
          (group) => `?${span}&group=${group}`,
        ),
        `?${span}&sort=zz`,
        ...[
          'policy',
          'evaluated',
          'coverage',
          'unused',
          'latency',
          'zz',
          'draft:zz-nothing',
          'policy:zz',
          ...policies,
        ].map((overlay) => `?${span}&level=workload&overlay=${overlay}`),
        '?from=-30d&to=now&level=workload',
        '?from=-400d&to=now',
        '?from=now&to=-1h',
        '?from=zz&to=now',
      ],
    },
    '/api/v1/graph/export': {
      usual: [`?${span}&format=csv&level=workload`, `?${span}&format=svg`],
      strange: [
        `?${span}`,
        `?${span}&format=zz`,
        `?${span}&format=graphml&level=workload&overlay=evaluated`,
        `?${span}&format=dot&namespace=zz-peer${opened}`,
        `?${span}&format=mermaid&cluster=zz-cluster`,
        `?${span}&format=json&overlay=draft:zz-nothing`,
      ],
    },
    '/api/v1/graph/compare': {
      // At fixed times: the answer repeats them.
      usual: [`?${span}&${baseOf(span)}&level=workload`],
      strange: [`?${span}`, `?${span}&baseFrom=now&baseTo=-1h`, `?${span}&baseFrom=zz&baseTo=now`],
    },
    '/api/v1/timeline': {
      usual: [`?${span}`, `?${span}&level=workload&filter=${encodeURIComponent('source.workload == "web"')}`],
      strange: [
        '',
        `?${span}&namespace=zz-hidden`,
        `?${span}&namespace=zz-peer&level=workload`,
        `?${span}&cluster=zz-cluster`,
        `?${span}&edge=x`,
        ...['shop', 'zz-peer', 'zz-hidden'].map((name) => `?${span}&node=c1/namespace/${name}`),
        `?${span}&level=workload&node=c1/workload/zz-peer/zz-api`,
        `?${span}&hide=${encodeURIComponent('!(dest.workload == "zz-api")')}`,
        `?${span}&filter=${encodeURIComponent('denied > 0')}`,
        '?from=-400d&to=now',
      ],
    },
    // Without an end it would be waited for.
    '/api/v1/stream': {
      usual: [`?${span}&level=workload&events=1`],
      strange: [`?${span}&events=0`, `?${span}&events=1&after=zz`, '?from=zz&to=now&events=1'],
    },
    '/api/v1/edge': {
      usual: [`?${span}&id=x`],
      strange: ['', `?${span}`, `?${span}&id=%00`, `?${span}&id=x&level=cluster${opened}`],
    },
    '/api/v1/node': {
      usual: [`?${span}&id=c1/namespace/shop`],
      strange: [
        `?${span}`,
        ...['x', '%00', 'outside-scope', 'c1/cluster', 'c1/namespace/', 'c1/host/zz-node'].map(
          (id) => `?${span}&id=${id}`,
        ),
        ...['shop/web', 'zz-peer/zz-api'].map((id) => `?${span}&level=workload&id=c1/workload/${id}`),
        ...['cluster', 'namespace/shop', 'namespace/zz-peer', 'layer/platform'].map(
          (id) => `?${span}&level=cluster${opened}&id=c1/${id}`,
        ),
      ],
    },
    '/api/v1/drafts': { usual: [''], strange: ['?id=zz'] },
    '/api/v1/draft': { usual: ['?id=zz-nothing'], strange: ['', '?id=%00'] },
    '/api/v1/policies': {
      usual: [`?cluster=c1&${span}`],
      strange: ['', '?cluster=zz-cluster', '?cluster=c1&at=-1d', '?cluster=c1&at=zz'],
    },
    '/api/v1/policy': {
      usual: ['?id=c1/NetworkPolicy/zz-peer/zz-manifest'],
      strange: [
        '?id=c1/GlobalNetworkPolicy/zz-global',
        '?id=c1/CiliumNetworkPolicy/shop/own-policy',
        '?id=x',
        '?id=/',
      ],
    },
    '/api/v1/policy/changes': {
      usual: [`?cluster=c1&${span}`],
      strange: ['', '?cluster=zz-cluster&from=-1d&to=now', `?cluster=c1&from=zz&to=now`],
    },
    '/api/v1/flows': {
      usual: [`?${span}`, `?${span}&filter=${encodeURIComponent('denied > 0')}&limit=2`],
      strange: [
        '',
        `?${span}&limit=1`,
        `?${span}&cursor=x`,
        `?${span}&cursor=${flowCursor}`,
        `?${span}&edge=x`,
        ...['zz-peer', 'zz-hidden'].map((name) => `?${span}&node=c1/namespace/${name}`),
        `?${span}&namespace=zz-peer&cluster=zz-cluster`,
        `?${span}&level=cluster${opened}&node=c1/namespace/zz-peer`,
        `?${span}&filter=${encodeURIComponent('policy contains "z"')}`,
        `?${span}&hide=${encodeURIComponent('namespace == "shop"')}`,
      ],
    },
    '/api/v1/flows/export': {
      usual: [`?${span}&format=csv`],
      strange: [`?${span}`, `?${span}&format=jsonl&namespace=zz-peer`],
    },
    '/api/v1/views': { usual: [''], strange: ['?id=zz'] },
    '/api/v1/view': { usual: ['?id=zz-nothing'], strange: ['', '?id=%00'] },
    '/api/v1/layers': { usual: [''], strange: ['?id=zz'] },
    '/api/v1/teams': { usual: [''], strange: ['?team=shop'] },
    '/api/v1/home': {
      usual: ['?cluster=c1&namespace=shop', '?team=zz-owner'],
      strange: [
        '',
        '?team=zz-owner&cluster=c1',
        ...['zz-peer', 'zz-hidden', 'zz-nowhere', ''].map((name) => `?cluster=c1&namespace=${name}`),
        '?cluster=zz-cluster&namespace=zz-hidden',
      ],
    },
    '/api/v1/denials': {
      usual: [`?${span}`, `?${span}&cluster=c1&namespace=shop`],
      strange: [
        '',
        `?${span}&namespace=zz-peer`,
        `?${span}&namespace=zz-hidden`,
        `?${span}&cluster=zz-cluster`,
        `?${span}&level=workload`,
      ],
    },
    '/api/v1/positions': {
      usual: ['?cluster=c1'],
      strange: ['', '?cluster=zz-cluster&layout=manual', '?cluster=c1&layout=zz'],
    },
    '/api/v1/node/pods': {
      usual: [`?${span}&id=c1/namespace/shop`],
      strange: [
        `?${span}&level=workload&id=c1/workload/shop/web`,
        `?${span}&level=workload&id=c1/workload/zz-peer/zz-api`,
        ...['namespace/zz-peer', 'namespace/zz-hidden', 'cluster'].map(
          (id) => `?${span}&level=cluster${opened}&id=c1/${id}`,
        ),
      ],
    },
    '/api/v1/links': { usual: [''] },
    '/api/v1/link': { usual: ['?id=zz'], strange: ['', `?id=${'z'.repeat(22)}`] },
    '/api/v1/snapshots': { usual: [''] },
    '/api/v1/snapshot': { usual: ['?id=zz'], strange: ['', `?id=${'z'.repeat(22)}`] },
    '/api/v1/snapshot/graph': {
      usual: ['?id=zz&level=workload'],
      strange: ['', `?id=${'z'.repeat(22)}${opened}`, '?id=zz&filter=zz'],
    },
    '/api/v1/embeds': { usual: [''] },
    '/api/v1/embed/graph': { usual: [''], strange: ['?id=zz'] },
    '/api/v1/sharing': { usual: [''] },
    '/api/v1/sources': { usual: [''] },
    '/api/v1/rejected': {
      usual: [''],
      strange: ['?run=last', '?cluster=c1', '?reason=no-json', '?line=1-0', '?limit=0'],
    },
    '/api/v1/ingest-tokens': { usual: [''] },
    '/api/v1/inventory': {
      usual: ['', '?namespace=zz-peer'],
      strange: [
        '?namespace=shop',
        '?kind=ServiceAccount',
        '?kind=CiliumNetworkPolicy',
        '?cluster=zz-cluster',
        '?limit=1',
        '?at=now',
        '?at=-1d',
        '?cursor=x',
        `?cursor=${cursor}`,
      ],
    },
    '/api/v1/access/bindings': { usual: [''] },
    '/api/v1/access/groups': { usual: [''] },
    '/api/v1/access/can': { usual: ['?user=a@b.example&namespace=zz-hidden'], strange: [''] },
    '/api/v1/access/sight': { usual: ['?user=a@b.example'], strange: [''] },
    '/api/v1/access/me': { usual: [''], strange: ['?user=zz-person@corp.example'] },
    '/api/v1/audit': { usual: [''], strange: ['?namespace=zz-hidden', '?cursor=x'] },
    '/api/v1/audit/export': { usual: [''], strange: ['?actor=zz'] },
  };
}

/** The window itself, as the one that it is compared with. */
function baseOf(span: string): string {
  const asked = new URLSearchParams(span);
  return `baseFrom=${asked.get('from')}&baseTo=${asked.get('to')}`;
}
