const hidden = '[hidden]';

// A name that has one of these in it stands before a secret; an id or a hash of a token is none.
const secretNames =
  /authorization|cookie|passw(or)?d|secret|credential|api[-_]?key|private[-_]?key|databaseurl/;
const tokenNames = /(^|[^a-z])(\w*token|\w*nonce)$/i;

// What is a secret wherever it stands: tokens of ours, headers, and the password of an address.
const secretTexts: readonly (readonly [RegExp, string])[] = [
  [/\bflowloom_([a-z]+)_[\w-]{16,}/g, `flowloom_$1_${hidden}`],
  [/\b(Bearer|Basic)\s+[\w.~+/=-]{6,}/gi, `$1 ${hidden}`],
  // A field of a line that is JSON already.
  [/("[^"\\]*(?:authorization|cookie|passw(?:or)?d|secret|token)":)"(?:[^"\\]|\\.)*"/gi, `$1"${hidden}"`],
  [/\b([a-z][a-z0-9+.-]*:\/\/[^\s:/@"']*):[^\s/"']+@/gi, `$1:${hidden}@`],
  [/\b((?:__Host-|__Secure-)?[\w.-]*session[\w.-]*)=[^;\s"']+/gi, `$1=${hidden}`],
];

/** A text without the secrets that are known by their looks. */
export function withoutSecrets(text: string): string {
  return secretTexts.reduce((clean, [pattern, instead]) => clean.replace(pattern, instead), text);
}

/** True where a field of this name holds a secret. */
function isSecretName(name: string): boolean {
  const plain = name.toLowerCase();
  return secretNames.test(plain.replaceAll('_', '')) || tokenNames.test(name);
}

// Deeper than anything is logged; a ring ends here too.
const MOST_DEPTH = 6;

/** A copy of a value in which every field with the name of a secret is hidden. Errors are left as they are. */
export function hideSecrets(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return withoutSecrets(value);
  if (typeof value !== 'object' || value === null || value instanceof Error) return value;
  if (depth >= MOST_DEPTH) return '…';
  if (value instanceof Headers || value instanceof Map) {
    return hideSecrets(Object.fromEntries(value.entries()), depth);
  }
  if (Array.isArray(value)) return value.map((one) => hideSecrets(one, depth + 1));
  if (value instanceof Date || value instanceof URL || ArrayBuffer.isView(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [
      name,
      isSecretName(name) && one !== null && one !== undefined ? hidden : hideSecrets(one, depth + 1),
    ]),
  );
}
