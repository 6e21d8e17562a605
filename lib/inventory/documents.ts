import { Composer, type Document, isScalar, LineCounter, type Node, Parser, Schema, type Tags } from 'yaml';

/** One document of a file, still as the tree of the YAML parser. JSON is YAML too, and read as such. */
export type ManifestDocument = {
  /** Counted from 1. */
  readonly number: number;
  readonly root: Node | null;
  /** Length in characters. */
  readonly length: number;
  /** The line of an offset that a node of `root` names. */
  readonly lineAt: (offset: number) => number;
  /** Why it cannot be read at all; null where it can. */
  readonly fault: { readonly offset: number; readonly code: string; readonly message: string } | null;
};

// A document begins with this at the very start of a line, whatever stands around it. Cutting there
// first, as kubectl does, keeps an open quote of one document from swallowing the next.
const documentStart = /^---(?=\s|$)/gm;

/** All documents with content, the broken ones too. */
export function* readDocuments(text: string): Generator<ManifestDocument> {
  let number = 0;
  let linesBefore = 0;
  for (const part of partsOf(text)) {
    const lines = new LineCounter();
    const firstLine = linesBefore;
    const lineAt = (offset: number) => firstLine + Math.max(1, lines.linePos(offset).line);
    for (const { root, fault } of composed(part, lines)) {
      if (root === null && fault === null) continue;
      number += 1;
      yield { number, root, length: part.length, lineAt, fault };
    }
    linesBefore += part.split('\n').length - 1;
  }
}

function partsOf(text: string): readonly string[] {
  const parts: string[] = [];
  let start = 0;
  for (const { index } of text.matchAll(documentStart)) {
    parts.push(text.slice(start, index));
    start = index;
  }
  parts.push(text.slice(start));
  // A byte order mark belongs to no key. Files that were joined have one in the middle.
  return parts.map((part) => part.replace(/^\uFEFF/, '').replace(/^(---\s*\n)\uFEFF/, '$1'));
}

type Composed = Pick<ManifestDocument, 'root' | 'fault'>;

function composed(part: string, lines: LineCounter): readonly Composed[] {
  const documents = new Composer(options).compose(new Parser(lines.addNewLine).parse(part));
  return [...documents].map((document) => ({ root: rootOf(document), fault: faultOf(document, part) }));
}

function rootOf(document: Document): Node | null {
  const { contents } = document;
  return isScalar(contents) && contents.value === null && !contents.source ? null : contents;
}

function faultOf({ errors, warnings }: Document, part: string): ManifestDocument['fault'] {
  const exhausted = errors.find(({ code }) => code === 'RESOURCE_EXHAUSTION');
  if (exhausted !== undefined) {
    const message = 'the document nests deeper than anything that can be read: this is no manifest';
    return { offset: exhausted.pos[0], code: 'too-deep', message };
  }
  const tag = warnings.find(({ code }) => code === 'TAG_RESOLVE_FAILED');
  const first = errors[0] ?? tag;
  if (first === undefined) return null;
  const cause = part.includes('{{')
    ? 'it looks like a template: render it first, for example with helm template'
    : 'correct the text; nothing of this document was read';
  return {
    offset: first.pos[0],
    code: first === tag ? 'unknown-tag' : 'malformed-yaml',
    message: `${lowerFirst(first.message)}: ${cause}`,
  };
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

const knownTags = new Set(['map', 'seq', 'str', 'null', 'bool', 'int', 'float'].map(tagName));

function tagName(name: string): string {
  return `tag:yaml.org,2002:${name}`;
}

/**
 * kubectl reads YAML 1.1, where an unquoted `yes` or `on` is true and `0644` is octal; a reader of 1.2
 * would take labels that the API server refuses. Like kubectl, no dates and no numbers of base 60.
 * Keys are compared in to-value.ts: here it would cost the square of their number.
 */
const schema = new Schema({
  schema: 'yaml-1.1',
  customTags: (tags: Tags): Tags =>
    tags.filter(
      (tag) =>
        typeof tag !== 'string' && knownTags.has(tag.tag) && !('format' in tag && tag.format === 'TIME'),
    ),
  merge: false,
  resolveKnownTags: false,
});

// Given as an object, the schema holds whatever version a %YAML directive asks for.
const options = { schema, uniqueKeys: false, prettyErrors: false } as const;
