'use client';

/** The product's font, as the page loads it. */
const family = 'Inter Variable';

/**
 * The font of the page as a style sheet that holds it: a picture that is drawn as an image sees no font of the
 * page. Only the faces that the text asks for.
 */
export async function pageFont(text: string): Promise<string> {
  const codes = new Set([...text].map((letter) => letter.codePointAt(0) ?? 0));
  const faces = fontFaces().filter((face) => covers(face.style.getPropertyValue('unicode-range'), codes));
  const sheets = await Promise.all(faces.map(embedded));
  return sheets.join('\n');
}

function fontFaces(): readonly CSSFontFaceRule[] {
  return [...document.styleSheets].flatMap((sheet) =>
    [...sheet.cssRules].flatMap((rule) =>
      rule instanceof CSSFontFaceRule && rule.style.getPropertyValue('font-family').includes(family)
        ? [rule]
        : [],
    ),
  );
}

/** Whether a face has any of these letters; `U+0-FF, U+131, U+2000-206F`. */
function covers(ranges: string, codes: ReadonlySet<number>): boolean {
  if (ranges === '') return true;
  const spans = ranges.split(',').map((range) => {
    const [, from = '0', to = from] = /U\+([0-9A-F]+)(?:-([0-9A-F]+))?/i.exec(range) ?? [];
    return [Number.parseInt(from, 16), Number.parseInt(to, 16)] as const;
  });
  return [...codes].some((code) => spans.some(([from, to]) => code >= from && code <= to));
}

async function embedded(face: CSSFontFaceRule): Promise<string> {
  const sheet = face.parentStyleSheet?.href ?? document.baseURI;
  const [, address = ''] = /url\("?([^")]+)"?\)/.exec(face.style.getPropertyValue('src')) ?? [];
  const answer = await fetch(new URL(address, sheet));
  if (!answer.ok) throw new Error(`the font could not be read: ${answer.status}`);
  const data = await asDataAddress(await answer.blob());
  const range = face.style.getPropertyValue('unicode-range');
  return `@font-face{font-family:'${family}';font-weight:100 900;src:url(${data}) format('woff2');${range === '' ? '' : `unicode-range:${range};`}}`;
}

/** What is in a file, as an address that needs no server. */
export function asDataAddress(content: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(content);
  });
}
