/** Columns that are read. AWS has more (docs.aws.amazon.com, "Flow log records"), in any order and selection. */
export const vpcColumns = [
  'interface-id',
  'instance-id',
  'srcaddr',
  'dstaddr',
  'pkt-srcaddr',
  'pkt-dstaddr',
  'srcport',
  'dstport',
  'protocol',
  'packets',
  'bytes',
  'start',
  'end',
  'action',
  'log-status',
  'tcp-flags',
  'flow-direction',
  'reject-reason',
] as const;

export type VpcColumn = (typeof vpcColumns)[number];

/** Where each column stands in a row, -1 where it is not there; `width` is the number of columns. */
export type VpcOrder = {
  readonly place: Readonly<Record<VpcColumn, number>>;
  readonly width: number;
};

/** What a flow log without a custom format writes: the fields of version 2. */
export const defaultVpcOrder = orderOf(
  'version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status'.split(
    ' ',
  ),
);

function orderOf(names: readonly string[]): VpcOrder {
  const place = Object.fromEntries(vpcColumns.map((column) => [column, names.indexOf(column)]));
  return { place: place as Record<VpcColumn, number>, width: names.length };
}

/** As S3 files begin, or as the format is written where a flow log is created: `${version} ${srcaddr} …`. */
const nameToken = /^(?:[a-z][a-z0-9-]*|\$\{[a-z][a-z0-9-]*\})$/;

const addressColumns = ['srcaddr', 'dstaddr', 'pkt-srcaddr', 'pkt-dstaddr'];

// No row has even one of these names in it; three, one of them of an address, are no accident in prose either.
const NAMES_OF_A_HEADER = 3;

// All the columns that AWS has make some 700 characters.
const LONGEST_HEADER = 4096;

/** The names in a header line, null for any other line. */
export function vpcHeader(text: string): readonly string[] | null {
  if (text.length > LONGEST_HEADER) return null;
  // Addresses, numbers and capital letters are in every row and in no header.
  if (!/^[$a-z]/.test(text) || /[A-Z:.]/.test(text)) return null;
  const tokens = text.split(' ');
  if (!tokens.every((token) => nameToken.test(token))) return null;
  const names = tokens.map((token) => (token.startsWith('$') ? token.slice(2, -1) : token));
  if (!addressColumns.some((column) => names.includes(column))) return null;
  return vpcColumns.filter((column) => names.includes(column)).length >= NAMES_OF_A_HEADER ? names : null;
}

/** The order that a header gives, or the name of the column that it has twice. */
export function vpcOrder(
  names: readonly string[],
): { readonly order: VpcOrder } | { readonly twice: string } {
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  return twice === undefined ? { order: orderOf(names) } : { twice };
}

const defaultRow =
  /^\d{1,2} (\d{12}|unknown|-) (eni-[0-9a-z]+|-) \S+ \S+ \S+ \S+ \S+ \S+ \S+ \d+ \d+ (ACCEPT|REJECT|-) (OK|NODATA|SKIPDATA)$/;

/** True for a header, and for a row that has the default order, which nothing else looks like. */
export function isVpcFlowLog(text: string): boolean {
  return vpcHeader(text) !== null || defaultRow.test(text);
}
