import { type Token, tokensOf } from './tokens.ts';

const tokenClasses: Readonly<Record<Token['kind'], string>> = {
  plain: '',
  key: 'text-accent',
  text: 'text-text',
  number: 'text-allowed',
  word: 'text-staged',
  comment: 'text-muted italic',
  mark: 'text-muted',
};

/** One line of YAML in its colours. */
export function YamlLine({ text }: { readonly text: string }) {
  let at = 0;
  return tokensOf(text).map(({ kind, text: piece }) => {
    const key = at;
    at += piece.length;
    return (
      <span key={key} className={tokenClasses[kind]}>
        {piece}
      </span>
    );
  });
}
