/** Why a line was rejected, in a few words, and what to do about it. */
type Reason = { readonly title: string; readonly remedy: string };

const checkClock = 'Set the clock of the machine that logs, or the unit of time in its exporter.';
const checkFormat =
  'The line is of another format than the rest: keep one format per input, or name it with --format.';
const checkExporter = 'Correct the field in the exporter, or in the line; then try it again.';
const checkVersion =
  'A newer version of the collector may write words that this Flowloom does not know: update Flowloom, then try it again.';

const reasons: Readonly<Record<string, Reason>> = {
  'unknown-format': {
    title: 'No known format',
    remedy: 'Send flow logs of a format that Flowloom reads, or name the format with --format.',
  },
  'unsupported-format': { title: 'A format not read yet', remedy: 'Update Flowloom, then try it again.' },
  'malformed-json': {
    title: 'Not JSON',
    remedy: 'Let the shipper send the record itself, one JSON object per line, without text around it.',
  },
  'truncated-json': {
    title: 'JSON that breaks off',
    remedy:
      'The line was cut on its way: raise the line limit of the shipper, or copy the file when it is no longer written to.',
  },
  'not-an-object': { title: 'No JSON object', remedy: 'Send one JSON object per line.' },
  'duplicate-key': {
    title: 'A key stands twice',
    remedy: 'Send each key once; a filter of the shipper may add one that is there.',
  },
  'too-deep': { title: 'Nested too deep', remedy: 'This is no flow log: leave the line out.' },
  'nul-byte': { title: 'A NUL character', remedy: 'Remove the NUL character: Postgres cannot store it.' },
  'too-long': {
    title: 'Longer than 1 MiB',
    remedy: 'No flow record is that long: check that lines end with a line feed.',
  },
  'invalid-utf8': { title: 'Not UTF-8', remedy: 'Export the log as UTF-8.' },
  'broken-compression': {
    title: 'Damaged compression',
    remedy: 'Compress the file again and ingest it: what was read of it already counts once.',
  },
  'many-records': {
    title: 'Several records in one line',
    remedy: 'Write each record on a line of its own; the message says how.',
  },
  'missing-line': { title: 'No record in the line', remedy: 'Export the line itself, not only its labels.' },
  'not-hubble': { title: 'Not Hubble', remedy: checkFormat },
  'not-calico': { title: 'Not Calico', remedy: checkFormat },
  'not-whisker': { title: 'Not Whisker', remedy: checkFormat },
  'not-goldmane': { title: 'Not Goldmane', remedy: checkFormat },
  'not-netobserv': { title: 'Not NetObserv', remedy: checkFormat },
  'wrong-type': { title: 'A field of a wrong type', remedy: checkExporter },
  'bad-number': { title: 'Not a whole number', remedy: checkExporter },
  'bad-address': { title: 'Not an IP address', remedy: checkExporter },
  'bad-port': { title: 'Not a port', remedy: checkExporter },
  'bad-time': { title: 'Not a time', remedy: checkExporter },
  'bad-sampling': { title: 'Not a sampling rate', remedy: checkExporter },
  'bad-policy-hit': { title: 'A policy that cannot be read', remedy: checkVersion },
  'unknown-policy-kind': { title: 'An unknown kind of policy', remedy: checkVersion },
  'unknown-action': { title: 'An unknown action', remedy: checkVersion },
  'missing-action': { title: 'No action', remedy: 'Include the action in what the exporter sends.' },
  'unknown-direction': { title: 'An unknown direction', remedy: checkVersion },
  'unknown-reporter': { title: 'An unknown reporter', remedy: checkVersion },
  'unknown-type': { title: 'An unknown kind of end', remedy: checkVersion },
  'unknown-verdict': { title: 'An unknown verdict', remedy: checkVersion },
  'missing-verdict': {
    title: 'No verdict',
    remedy: 'Include the verdict in the field mask of the exporter.',
  },
  'negative-counter': { title: 'A negative counter', remedy: checkExporter },
  'counter-too-large': { title: 'A counter out of range', remedy: checkExporter },
  'out-of-range': { title: 'A number out of range', remedy: checkExporter },
  'text-too-long': { title: 'A name too long', remedy: checkExporter },
  'too-many-labels': { title: 'More labels than a pod has', remedy: checkExporter },
  'too-many-policies': { title: 'More policies than can be', remedy: checkExporter },
  'bad-header': {
    title: 'A header that cannot be read',
    remedy: 'Name each column of the AWS flow log once in its header; then try its rows again.',
  },
  'wrong-field-count': {
    title: 'Not as many fields as columns',
    remedy: 'Put the format of the AWS flow log as a header line before its rows.',
  },
  'missing-address': {
    title: 'No address',
    remedy: 'Include srcaddr and dstaddr in the format of the AWS flow log.',
  },
  'time-in-future': { title: 'A time in the future', remedy: checkClock },
  'time-too-old': { title: 'A time before 2015', remedy: checkClock },
  'end-before-start': { title: 'Ends before it starts', remedy: checkClock },
  'span-too-long': { title: 'Longer than seven days', remedy: checkClock },
};

/** The reason of a code in a few words; the code itself where this version has none. */
export function reasonTitle(code: string): string {
  return reasons[code]?.title ?? code;
}

/** What to do about it. */
export function remedyOf(code: string): string {
  return reasons[code]?.remedy ?? 'Correct the line at its source; then try it again.';
}

/** The codes that have a text. */
export const knownReasons: ReadonlySet<string> = new Set(Object.keys(reasons));
