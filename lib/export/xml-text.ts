const named: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/**
 * A text as it may stand in an XML 1.0 document, between tags and in an attribute. What XML has no way to say
 * (control characters, halves of surrogate pairs) becomes the replacement character.
 */
export function xmlText(text: string): string {
  return text
    .replace(unsayable, '\ufffd')
    .replace(/[&<>"\t\n\r]/g, (letter) => named[letter] ?? `&#${letter.charCodeAt(0)};`);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const unsayable = /[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|\p{Surrogate}/gu;
