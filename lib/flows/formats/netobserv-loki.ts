import { type Complaint, complain, isObject, type JsonObject } from '#lib/flows/json-fields.ts';
import { parseJson } from '#lib/flows/parse-json.ts';

/**
 * Puts together what Loki keeps apart: the labels (`stream` of the API, `labels` of `logcli`) and the
 * line. A record that is not from Loki comes back as it is; null, with a complaint, is no record.
 */
export function unwrapLoki(json: JsonObject, complaint: Complaint): JsonObject | null {
  const labels = isObject(json.stream) ? json.stream : isObject(json.labels) ? json.labels : null;
  if (labels === null && json.line === undefined) return json;
  const line = json.line ?? onlyLine(json.values, complaint);
  if (isObject(line)) return { ...labels, ...line };
  if (typeof line !== 'string') {
    complain(complaint, 'missing-line', 'line', 'a Loki entry needs its line: send stream and line together');
    return null;
  }
  const parsed = parseJson(line);
  if (parsed.ok) return { ...labels, ...parsed.value };
  const { code, field, message } = parsed.error;
  complain(complaint, code, field === null ? 'line' : `line.${field}`, message);
  return null;
}

/** `values` is a list of [time, line]; one line of input is one record. */
function onlyLine(values: unknown, complaint: Complaint): unknown {
  if (!Array.isArray(values)) return undefined;
  if (values.length > 1) {
    const message = `this line holds ${values.length} records: write one per line (logcli --output=jsonl does)`;
    complain(complaint, 'many-records', 'values', message);
    return undefined;
  }
  const entry: unknown = values[0];
  return Array.isArray(entry) ? entry[1] : undefined;
}
