import { type Filter, parseFilter } from '#lib/filter/filter.ts';
import { usageError } from './exit.ts';

/** The filter of an option, null where there is none; a wrong one is shown with a caret under the place. */
export function readFilter(option: string, text: string | undefined): Filter | null {
  if (text === undefined) return null;
  const parsed = parseFilter(text);
  if (parsed.ok) return parsed.value;
  const { at, message } = parsed.error;
  const { line, column } = placeOf(text, at);
  // A tab stays a tab, so that the caret stands under the character in any terminal.
  const indent = [...line.slice(0, column)].map((letter) => (letter === '\t' ? letter : ' ')).join('');
  throw usageError(`${option}: ${message}\n  ${line}\n  ${indent}^`);
}

/** The line of a text that holds an offset, and the offset in it. */
function placeOf(text: string, at: number): { readonly line: string; readonly column: number } {
  const from = text.lastIndexOf('\n', at - 1) + 1;
  const end = text.indexOf('\n', from);
  return { line: text.slice(from, end === -1 ? text.length : end), column: at - from };
}
