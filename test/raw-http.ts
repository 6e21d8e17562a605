import { connect, type Socket } from 'node:net';
import { gunzipSync } from 'node:zlib';

/** What came back for one request. */
export type RawAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/** One TCP connection over which a test says byte for byte what a client says. */
export type RawConnection = {
  /** Waits until the bytes have left. */
  readonly send: (bytes: string | Uint8Array) => Promise<void>;
  /** The next answer, in order. */
  readonly answer: () => Promise<RawAnswer>;
  /** Settles when the other side has closed the connection. */
  readonly closed: Promise<void>;
  readonly close: () => void;
};

export async function openRaw(url: string): Promise<RawConnection> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject));
  const received = collect(socket);
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  return {
    send: (bytes) => new Promise((resolve) => socket.write(bytes, () => resolve())),
    answer: async () => {
      for (;;) {
        const found = parseAnswer(received.bytes());
        if (found !== null) {
          received.drop(found.length);
          return found.answer;
        }
        await received.more();
      }
    },
    closed,
    close: () => socket.destroy(),
  };
}

function collect(socket: Socket): {
  readonly bytes: () => Buffer;
  readonly drop: (length: number) => void;
  readonly more: () => Promise<void>;
} {
  let held = Buffer.alloc(0);
  let ended: Error | null = null;
  const wake = new Set<() => void>();
  const wakeAll = (): void => {
    for (const one of wake) one();
    wake.clear();
  };
  socket.on('data', (chunk) => {
    held = Buffer.concat([held, chunk]);
    wakeAll();
  });
  socket.on('error', () => {});
  socket.once('close', () => {
    ended = new Error(`the connection ended after ${held.length} bytes of an answer`);
    wakeAll();
  });
  return {
    bytes: () => held,
    drop: (length) => {
      held = held.subarray(length);
    },
    more: async () => {
      if (ended !== null) throw ended;
      await new Promise<void>((resolve) => wake.add(resolve));
    },
  };
}

/** null where the answer is not whole yet. */
function parseAnswer(bytes: Buffer): { readonly answer: RawAnswer; readonly length: number } | null {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) return null;
  const [first = '', ...lines] = bytes.subarray(0, end).toString('latin1').split('\r\n');
  const headers = Object.fromEntries(
    lines.map((line) => [
      line.slice(0, line.indexOf(':')).toLowerCase(),
      line.slice(line.indexOf(':') + 1).trim(),
    ]),
  );
  const status = Number(first.split(' ')[1]);
  const rest = bytes.subarray(end + 4);
  const body = headers['transfer-encoding'] === 'chunked' ? unchunked(rest) : counted(rest, headers);
  return body === null
    ? null
    : { answer: { status, headers, body: textOf(body.bytes, headers) }, length: end + 4 + body.length };
}

type Part = { readonly bytes: Buffer; readonly length: number };

/** A client that says it reads gzip gets it. */
function textOf(bytes: Buffer, headers: Readonly<Record<string, string>>): string {
  return (headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes).toString('utf8');
}

function counted(rest: Buffer, headers: Readonly<Record<string, string>>): Part | null {
  const length = Number(headers['content-length'] ?? 0);
  return rest.length < length ? null : { bytes: rest.subarray(0, length), length };
}

function unchunked(rest: Buffer): Part | null {
  const parts: Buffer[] = [];
  for (let from = 0; ; ) {
    const lineEnd = rest.indexOf('\r\n', from);
    if (lineEnd < 0) return null;
    const size = Number.parseInt(rest.subarray(from, lineEnd).toString('latin1'), 16);
    const next = lineEnd + 2 + size + 2;
    if (rest.length < next) return null;
    if (size === 0) return { bytes: Buffer.concat(parts), length: next };
    parts.push(rest.subarray(lineEnd + 2, lineEnd + 2 + size));
    from = next;
  }
}
