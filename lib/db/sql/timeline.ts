import type { Scope } from '#lib/access/scope.ts';
import { verdictCode } from '#lib/db/codes.ts';
import type { Reader } from '#lib/db/reader.ts';
import type { Verdict } from '#lib/flows/verdict.ts';
import type { End, Sums, Traffic } from '#lib/graph/model.ts';
import type { Slots } from '#lib/kit/time-slots.ts';
import { wholeDays } from '#lib/kit/window.ts';
import { answers, dayReportsSql, electedSql, reportsSql } from './election.ts';
import { endsSql, type Grouping, kindCode, seenChannelsSql } from './ends.ts';
import { counters } from './excess.ts';
import { rollup } from './facts.ts';
import { type Parameters, parameters } from './parameters.ts';
import { readVerdict, writePort } from './readings.ts';
import { scopePredicate } from './scope-predicate.ts';
import { slotExcessSql } from './slot-excess.ts';
import { answeredBy, slotFactSql, slotOf } from './slot-facts.ts';
import { addedSums, floats, readSums, reducedSums, type SumRow, sums } from './sums.ts';

/** What the filters left of the traffic of the whole window, by the ends that it was grouped by. */
export type Kept = {
  readonly grouping: Grouping;
  readonly rows: readonly Pick<Traffic, 'source' | 'target' | 'protocol' | 'port' | 'verdict'>[];
};

export type TimelineQuestion = {
  readonly slots: Slots;
  /** Traffic with at least one end in these, as the viewer sees the ends; null is all. */
  readonly clusters: readonly string[] | null;
  readonly namespaces: readonly string[] | null;
  /** null: nothing is filtered. */
  readonly kept: Kept | null;
};

/** The counted traffic of one verdict in one slot. */
export type SlotTraffic = { readonly fromMs: number; readonly verdict: Verdict; readonly sums: Sums };

type Row = SumRow & { readonly slot: Date; readonly verdict: number };

/**
 * The traffic of a window slot by slot, counted as traffic.ts counts it: the slots of a UTC day add up to what
 * the graph says of the day. Ends are looked at only where the question speaks of them; none is answered.
 */
export async function timeline(
  reader: Reader,
  scope: Scope,
  question: TimelineQuestion,
): Promise<readonly SlotTraffic[]> {
  const params = parameters();
  const text = isWhole(question) ? wholeSql(scope, question.slots, params) : partSql(scope, question, params);
  const rows = await reader.ask<Row>(scope, { name: 'timeline', text, values: params.values });
  return rows.map(readSlot);
}

function isWhole({ clusters, namespaces, kept }: TimelineQuestion): boolean {
  return clusters === null && namespaces === null && kept === null;
}

/**
 * All there is: what the elected said, slot by slot, less what it gives back. Channels are not told apart on the
 * way, of which a month of hours has millions.
 */
function wholeSql(scope: Scope, slots: Slots, params: Parameters): string {
  const { fromMs, toMs } = slots.answered;
  const given = sums.map((c) => (counters.some((counter) => counter === c) ? `-sum(${c})` : '0'));
  return `
WITH elected AS (${electedSql(dayReportsSql(scope, wholeDays(slots.answered), params))}),
excess AS (${slotExcessSql(scope, slots, params)})
SELECT slot, verdict, ${addedSums('', 'float8')} FROM (
  SELECT ${slotOf('r.bucket', slots, params)} AS slot, r.verdict, ${addedSums('r', 'float8')}
  FROM (
    SELECT bucket, channel, source_kind, reporter, verdict, ${floats()} FROM ${rollup[slots.grain]}
    WHERE bucket >= ${params.add(new Date(fromMs))} AND bucket < ${params.add(new Date(toMs))}
      AND ${scopePredicate(scope, params)}
  ) AS r JOIN elected e ON (e.day, e.channel, e.source_kind)
    = (date_bin('1 day', r.bucket, 'epoch'::timestamptz), r.channel, r.source_kind)
  WHERE ${answers('r')}
  GROUP BY 1, 2
  UNION ALL
  SELECT slot, 1, ${given.join(', ')} FROM excess GROUP BY 1
) AS told GROUP BY 1, 2`;
}

/** Of the channels that the question is about. */
function partSql(scope: Scope, question: TimelineQuestion, params: Parameters): string {
  const { slots } = question;
  return `
WITH fact AS (${slotFactSql(scope, slots, params)}),
elected AS (${electedSql(reportsSql(scope, { ...answeredBy(slots), pieces: [] }, params))}),
counted AS (
  SELECT f.slot, f.day, f.channel, f.verdict, ${addedSums('f', 'bigint')}
  FROM fact f JOIN elected e ON (e.day, e.channel, e.source_kind) = (f.day, f.channel, f.source_kind)
  WHERE ${answers('f')}
  GROUP BY 1, 2, 3, 4
),
excess AS (${slotExcessSql(scope, slots, params)}),
placed AS (
  SELECT c.slot, c.day, c.channel, c.verdict, ${reducedSums('c', 'x')}
  FROM counted c LEFT JOIN excess x ON (x.slot, x.day, x.channel) = (c.slot, c.day, c.channel) AND c.verdict = 1
)
SELECT slot, verdict, ${addedSums('', 'float8')}
FROM (${placedSql(scope, question, params)}) AS wanted GROUP BY 1, 2`;
}

/** The rows of channels between ends that the question names. */
function placedSql(
  scope: Scope,
  { clusters, namespaces, kept }: TimelineQuestion,
  params: Parameters,
): string {
  const either = (column: string, names: readonly string[] | null): string => {
    if (names === null) return 'TRUE';
    const list = params.add([...names]);
    return `(source_${column} = ANY(${list}::text[]) OR target_${column} = ANY(${list}::text[]))`;
  };
  const chosen = `${either('cluster', clusters)} AND ${either('ns', namespaces)}`;
  const left = kept === null ? null : keptSql(kept, params);
  return `
  SELECT p.* FROM placed p JOIN (
    WITH ends AS (${endsSql(scope, kept?.grouping ?? 'namespace', params)})
    ${seenChannelsSql(scope, params, chosen)}
  ) AS seen ON seen.id = p.channel AND p.day >= seen.from_at AND p.day < seen.to_at
  ${
    left === null
      ? ''
      : `JOIN channel AS ch ON ch.id = p.channel JOIN (${left}) AS kept ON kept.verdict = p.verdict
        AND kept.key = jsonb_build_array(${keyColumns.join(', ')}, ch.protocol, ch.port)`
  }`;
}

const keyColumns = ['source', 'target'].flatMap((side) =>
  ['cluster', 'kind', 'ns', 'name'].map((name) => `${side}_${name}`),
);

/** What the filters left, by `keyColumns`, protocol and port, and by verdict. */
function keptSql({ rows }: Kept, { add }: Parameters): string {
  const keys = rows.map(({ source, target, protocol, port }) =>
    JSON.stringify([...endKey(source), ...endKey(target), protocol, writePort(port)]),
  );
  const verdicts = rows.map(({ verdict }) => verdictCode[verdict]);
  return `SELECT DISTINCT row.key::jsonb AS key, row.verdict
    FROM unnest(${add(keys)}::text[], ${add(verdicts)}::int[]) AS row (key, verdict)`;
}

function endKey({ cluster, kind, namespace, name }: End): readonly (string | null)[] {
  return [cluster, kindCode(kind), namespace, name];
}

function readSlot(row: Row): SlotTraffic {
  return {
    fromMs: row.slot.getTime(),
    verdict: readVerdict(row.verdict),
    sums: readSums(row),
  };
}
