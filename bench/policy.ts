import { availableParallelism, cpus } from 'node:os';
import { compile } from '#lib/policy/compile.ts';
import { listConnections } from '#lib/policy/connectivity.ts';
import { createDecider } from '#lib/policy/decider/decider.ts';
import { flowKeys, policyEstate } from './policy-estate.ts';

/**
 * `npm run bench:policy` prints one JSON line. Times are of one core and whole: what the first flow of
 * an end costs is in them. The keys are drawn before the clock starts.
 */
const SEED = 1;
const WORKLOADS = 20_000;
const KEYS = 1_000_000;
const keys = [...flowKeys(KEYS, WORKLOADS, SEED)];

type Run = { readonly compileMs: number; readonly evaluateMs: number; readonly allowed: number };

function run(policies: number): Run {
  const { cluster, endpoints } = policyEstate(policies, WORKLOADS, SEED);
  const startedAt = performance.now();
  const decider = createDecider(compile(cluster, 'enforced-only'));
  const compiledAt = performance.now();
  let allowed = 0;
  for (const { source, destination, port } of keys) {
    const from = endpoints[source];
    const to = endpoints[destination];
    if (from === undefined || to === undefined) throw new Error('a key without its ends');
    const { verdict } = decider.decide({ source: from, destination: to, protocol: 'tcp', port });
    if (verdict === 'allowed') allowed += 1;
  }
  return { compileMs: compiledAt - startedAt, evaluateMs: performance.now() - compiledAt, allowed };
}

function listMs(): number {
  const { cluster, endpoints } = policyEstate(500, 200, SEED);
  const peers = endpoints.map((endpoint) => ({
    title: `${endpoint.namespace}/${endpoint.name}[Pod]`,
    endpoint,
  }));
  const startedAt = performance.now();
  listConnections(compile(cluster, 'enforced-only'), peers, []);
  return performance.now() - startedAt;
}

const small = run(200);
const middle = run(2_000);
const large = run(20_000);
process.stdout.write(
  `${JSON.stringify({
    policies: 2_000,
    workloads: WORKLOADS,
    compileMs: Math.round(middle.compileMs),
    flowKeys: KEYS,
    evaluateMs: Math.round(middle.evaluateMs),
    listMs: Math.round(listMs()),
    evaluateMs200: Math.round(small.evaluateMs),
    evaluateMs20000: Math.round(large.evaluateMs),
    allowed: middle.allowed,
    data: `seed ${SEED}, each policy selects about 1 % of the workloads`,
    machine: `${availableParallelism()} cores, ${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}`,
  })}\n`,
);
