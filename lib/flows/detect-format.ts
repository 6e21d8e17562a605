import type { SourceKind } from './flow-record.ts';
import { isVpcFlowLog } from './formats/aws-vpc-columns.ts';
import { payloadOfEvent } from './formats/whisker.ts';
import { isObject, type JsonObject } from './json-fields.ts';

/**
 * The format of a stream by its first lines: the first line that is unmistakable decides. Blank lines,
 * events that every Hubble stream has and lines that are no JSON decide nothing; null where none does.
 */
export function detectFormat(lines: readonly string[]): SourceKind | null {
  for (const line of lines) {
    const text = line.trim();
    const json = objectOf(payloadOfEvent(text));
    const format = json === null ? formatOfText(text) : formatOf(json);
    if (format !== null) return format;
  }
  return null;
}

function objectOf(text: string): JsonObject | null {
  if (!text.startsWith('{')) return null;
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

function formatOfText(text: string): SourceKind | null {
  return isVpcFlowLog(text) ? 'aws-vpc' : null;
}

function has(json: JsonObject, ...keys: readonly string[]): boolean {
  return keys.some((key) => json[key] !== undefined);
}

function formatOf(json: JsonObject): SourceKind | null {
  const flow = isObject(json.flow) ? json.flow : json;
  if (has(flow, 'Key', 'key')) return 'goldmane';
  if (has(flow, 'verdict', 'IP', 'l4', 'traffic_direction', 'trafficDirection', 'is_reply')) return 'hubble';
  if (
    isObject(json.flow) &&
    (has(json, 'node_name', 'nodeName', 'time') || has(flow, 'source', 'destination'))
  ) {
    return 'hubble';
  }
  if (isObject(json.stream) && has(json, 'line', 'values')) return 'netobserv';
  if (isObject(json.labels) && typeof json.line === 'string') return 'netobserv';
  if (has(json, 'SrcAddr', 'DstAddr', 'TimeFlowStartMs')) return 'netobserv';
  const log = isObject(json._source) ? json._source : json;
  if (has(log, 'source_name_aggr', 'dest_name_aggr', 'num_flows', 'source_type', 'dest_type'))
    return 'calico';
  if (has(json, 'source_name', 'dest_name')) return has(json, 'protocol') ? 'whisker' : 'calico';
  return null;
}
