import type { FlowRecord, ParseError } from '#lib/flows/flow-record.ts';
import { inetBytes } from './inet.ts';
import { partHash, type TupleHash } from './tuple-hash.ts';

// Addresses repeat; at the limit they are parsed again.
const MOST_ADDRESSES = 100_000;
const addressBytes = new Map<string, Address | null>();

/** An address as Postgres stores it, and as a part of a 5-tuple. */
type Address = { readonly bytes: Uint8Array; readonly hash: TupleHash };

/** null for none, and for what is no IP address. */
export function addressOf(text: string | null): Address | null {
  if (text === null) return null;
  let address = addressBytes.get(text);
  if (address === undefined) {
    const bytes = inetBytes(text);
    address = bytes === null ? null : { bytes, hash: partHash(bytes) };
    if (addressBytes.size >= MOST_ADDRESSES) addressBytes.clear();
    addressBytes.set(text, address);
  }
  return address;
}

/** What is wrong with the addresses of a record; null for nothing. */
export function addressError({ client, server }: FlowRecord): ParseError | null {
  return wrongAddress('client address', client.address) ?? wrongAddress('server address', server.address);
}

function wrongAddress(field: string, address: string | null): ParseError | null {
  if (address === null || addressOf(address) !== null) return null;
  return {
    code: 'bad-address',
    field,
    message: `${address.slice(0, 60)} is no IP address: the line was not taken`,
  };
}
