/**
 * Bytes that may be no text, for people: UTF-8 as it is, any other byte and every control character
 * but the tab as `\x1b`. A character that the end of a cut text breaks off is left out.
 */
export function readableText(bytes: Uint8Array, isCut = false): string {
  const whole = decode(bytes);
  return (whole ?? decodePieces(bytes, isCut)).replace(controls, hexOf);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const controls = /[\x00-\x08\x0a-\x1f\x7f-\x9f]/g;

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function decode(bytes: Uint8Array): string | null {
  try {
    return decoder.decode(bytes);
  } catch {
    return null;
  }
}

function decodePieces(bytes: Uint8Array, isCut: boolean): string {
  let text = '';
  for (let at = 0; at < bytes.length; ) {
    const length = sequenceLength(bytes[at] ?? 0);
    if (isCut && at + length > bytes.length) break;
    const piece = decode(bytes.subarray(at, at + length));
    text += piece ?? hex(bytes[at] ?? 0);
    at += piece === null ? 1 : length;
  }
  return text;
}

function sequenceLength(first: number): number {
  if (first < 0xc0) return 1;
  if (first < 0xe0) return 2;
  return first < 0xf0 ? 3 : 4;
}

function hexOf(character: string): string {
  return hex(character.charCodeAt(0));
}

function hex(byte: number): string {
  return `\\x${byte.toString(16).padStart(2, '0')}`;
}
