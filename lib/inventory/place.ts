/** A way into a document: keys of objects and indexes of lists. */
export type Path = readonly (string | number)[];

/** Where something stands. `document` and `line` count from 1; documents without content are not counted. */
export type Place = {
  readonly file: string;
  readonly document: number;
  readonly line: number;
  /** Inside the document, as `pathText` writes it; '' is the document itself. */
  readonly path: string;
};

const plainKey = /^[A-Za-z_][\w-]*$/;

/** `spec.containers[0].ports[1]`; a key with a dot, as labels have, stands in brackets and quotes. */
export function pathText(path: Path): string {
  let text = '';
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`;
    else if (plainKey.test(step)) text += text === '' ? step : `.${step}`;
    else text += `[${JSON.stringify(step)}]`;
  }
  return text;
}

/** A place for people: `shop.yaml, document 2, line 14, spec.ports[0].port`. */
export function placeText({ file, document, line, path }: Place): string {
  const where = `${file}, document ${document}, line ${line}`;
  return path === '' ? where : `${where}, ${path}`;
}
