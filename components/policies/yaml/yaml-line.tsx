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

/** One line of YAML in its colours; on a tint without the one that is too faint for it. */
export function YamlLine({ text, isOnTint = false }: { readonly text: string; readonly isOnTint?: boolean }) {
  let at = 0;
  return tokensOf(text).map(({ kind, text: piece }) => {
    const key = at;
    at += piece.length;
    return (
      <span key={key} className={isOnTint && kind === 'number' ? '' : tokenClasses[kind]}>
        {piece}
      </span>
    );
  });
}
