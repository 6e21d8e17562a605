import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { asOwner } from '#lib/db/owner-session.ts';
import { placeText } from '#lib/inventory/place.ts';
import { exportSettings } from '#lib/server/export-settings.ts';
import { importSettings } from '#lib/server/import-settings.ts';
import { readSettings } from '#lib/server/ui-settings/read-settings.ts';
import { writeSettings } from '#lib/server/ui-settings/write-settings.ts';
import { audited } from './audited.ts';
import { exitCode, usageError } from './exit.ts';
import { manifestSources } from './manifest-files.ts';
import { printJson, printLines } from './output.ts';
import { withReader } from './with-reader.ts';

type Export = { readonly filename?: string; readonly json?: boolean };
type Import = { readonly filename: readonly string[]; readonly json?: boolean };

/** `flowloom view`: views and layers of teams and of everyone, as files that live in Git. */
export function addViewCommand(program: Command): void {
  const view = program
    .command('view')
    .description(
      'saved views and layers of teams and of everyone, as YAML in the kinds of Calico’s UISettings',
    );
  view
    .command('export')
    .description('write all of them; those of one person are not among them')
    .option('-f, --filename <path>', 'the file to write; standard output where none is named')
    .option('--json', 'print one JSON document instead')
    .action(exportAll);
  view
    .command('import')
    .description('put those of some files in the place of those of the same name; all or nothing')
    .requiredOption(
      '-f, --filename <path>',
      'YAML or JSON: a file, a folder with all below it, or - for standard input; may repeat',
      (path: string, before: readonly string[] | undefined) => [...(before ?? []), path],
    )
    .option('--json', 'print one JSON document')
    .action(importFiles);
}

async function exportAll({ filename, json }: Export): Promise<void> {
  const settings = await withReader((_reader, urls) => asOwner(urls.owner, exportSettings));
  const { views, layers } = settings;
  if (filename !== undefined) {
    writeOut(filename, writeSettings(settings));
    const told = { file: filename, views: views.length, layers: layers.length };
    if (json) return printJson(told);
    return printLines([`${counts(told)} written to ${filename}.`]);
  }
  if (json) return printJson(settings);
  process.stdout.write(writeSettings(settings));
}

function writeOut(filename: string, text: string): void {
  try {
    writeFileSync(filename, text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw usageError(`-f ${filename} cannot be written: ${why}`);
  }
}

async function importFiles({ filename, json }: Import): Promise<void> {
  const files = manifestSources(filename).map((each) => ({ file: each.name, text: each.read() }));
  const { problems, ...settings } = readSettings(files);
  const told = { views: settings.views.length, layers: settings.layers.length };
  const isWrong = problems.some(({ severity }) => severity === 'error');
  if (!isWrong && told.views + told.layers === 0) {
    throw usageError(
      `${filename.join(', ')} holds no UISettings: flowloom view export shows what they look like`,
    );
  }
  if (!isWrong) {
    await withReader(async (reader, urls) => {
      if (told.views > 0) await audited(urls, { kind: 'view-changed', details: { imported: told.views } });
      if (told.layers > 0) await audited(urls, { kind: 'layer-changed', details: { imported: told.layers } });
      await importSettings({ urls, reader }, settings, Date.now());
    });
  }
  if (json) printJson({ imported: !isWrong, ...told, problems });
  else {
    printLines([
      ...problems.map(
        ({ severity, place, message, code }) => `${severity} ${placeText(place)}: ${message} (${code})`,
      ),
      isWrong ? 'Nothing was imported: correct what is wrong above.' : `${counts(told)} imported.`,
    ]);
  }
  process.exitCode = isWrong ? exitCode.no : exitCode.done;
}

function counts({ views, layers }: { readonly views: number; readonly layers: number }): string {
  return `${views} ${views === 1 ? 'view' : 'views'} and ${layers} ${layers === 1 ? 'layer' : 'layers'}`;
}
