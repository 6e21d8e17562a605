import { styleText } from 'node:util';

export type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan';

/** Colour where standard output shows it (a terminal, or FORCE_COLOR in CI) and NO_COLOR does not forbid it. */
export function paint(style: Style | readonly Style[], text: string): string {
  return styleText(typeof style === 'string' ? style : [...style], text, { stream: process.stdout });
}

/** One colour for each verdict, with a sign for those who see none. */
export function verdictText(verdict: 'allowed' | 'denied' | 'undecidable'): string {
  switch (verdict) {
    case 'allowed':
      return paint('green', '✓ allowed');
    case 'denied':
      return paint('red', '✗ denied');
    case 'undecidable':
      return paint('yellow', '? undecidable');
  }
}
