import { readFileSync, writeFileSync } from 'node:fs';

import { type Wall, walls } from './walls.ts';

/**
 * Keeps the list of allowed imports in docs/architecture.md equal to the walls.
 * `npm run walls` writes it; the gate fails where it is stale.
 */

const page = 'docs/architecture.md';
const section = /(<!-- walls: begin[^>]*-->\n)(.*)(<!-- walls: end -->)/s;

function lineOf({ folder, isPure, folders, packages, why }: Wall): string {
  const may = folders.length === 0 ? 'nothing of the project' : quoted(folders);
  const npm = packages.length === 0 ? '' : `; from npm ${quoted(packages)}`;
  return `- **${folder}**${isPure ? ' (pure)' : ''} → ${may}${npm}. ${why}\n`;
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ');
}

function withWalls(text: string): string {
  return text.replace(section, (_all, begin, _old, end) => `${begin}${walls.map(lineOf).join('')}${end}`);
}

export function checkArchitecture(): readonly string[] {
  const text = readFileSync(page, 'utf8');
  if (!section.test(text)) return [`${page}: the markers around the walls are gone`];
  return withWalls(text) === text ? [] : [`${page}: the list of walls is stale: npm run walls`];
}

if (import.meta.main) writeFileSync(page, withWalls(readFileSync(page, 'utf8')));
