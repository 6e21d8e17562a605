import { type Command, InvalidArgumentError, Option } from 'commander';
import { type Level, levelSchema } from '#lib/contracts/graph.ts';
import { type GroupRef, isGroupRef } from '#lib/contracts/group-ref.ts';
import { isLayerRef, type LayerRef } from '#lib/contracts/layer-ref.ts';
import { type StandingOverlay, standingOverlaySchema, standingOverlayWords } from '#lib/contracts/overlay.ts';
import { exportFormats, isPicture } from '#lib/export/formats.ts';
import type { Theme } from '#lib/picture/palette.ts';
import { readGraph } from '#lib/server/read-graph.ts';
import { type AsOptions, accessAs, withAs } from './as-viewer.ts';
import { audited } from './audited.ts';
import { usageError } from './exit.ts';
import { graphFile, writeOut } from './graph-file.ts';
import { describeGraph } from './graph-text.ts';
import { type FilterOptions, filtersOf, type WindowOptions, windowOf, withWindow } from './window-option.ts';
import { withReader } from './with-reader.ts';

type Options = AsOptions &
  WindowOptions &
  FilterOptions & {
    readonly level: Level;
    readonly expand?: readonly string[];
    readonly layer?: readonly LayerRef[];
    readonly groupBy?: GroupRef;
    readonly namespace?: readonly string[];
    readonly cluster?: readonly string[];
    readonly overlay?: StandingOverlay;
    readonly json?: boolean;
    readonly format?: (typeof printed)[number];
    readonly theme?: Theme;
    readonly out?: string;
  };

const printed = ['text', ...exportFormats] as const;

/** `flowloom graph`: the graph document of a window. */
export function addGraphCommand(program: Command): void {
  withWindow(withAs(program.command('graph')))
    .description('who talks to whom in a window')
    .addOption(
      new Option('--level <level>', 'what a node is').choices(levelSchema.options).default('namespace'),
    )
    .option(
      '--expand <nodes...>',
      'open these nodes: what is in them is drawn inside, as prod/namespace/shop',
    )
    .addOption(
      new Option(
        '--layer <names...>',
        'draw as one node: platform (its namespaces), services (that share their endpoints), or any namespaces as Front:store-*,ui',
      ).argParser(readLayers),
    )
    .addOption(
      new Option(
        '--group-by <by>',
        'draw namespaces as one node that belong together: label:<key>, label (the key that groups best) or community (who talks to whom)',
      ).argParser(readGroup),
    )
    .option('--namespace <names...>', 'only traffic with an end in these namespaces')
    .option('--cluster <names...>', 'only traffic with an end in these clusters')
    .option('--filter <expression>', 'only flows that match: namespace == "shop" && denied > 0')
    .option('--hide <expression>', 'not the flows that match')
    .addOption(
      new Option(
        '--overlay <name>',
        `what to say of each edge beside its counts: ${standingOverlayWords}`,
      ).argParser(readOverlay),
    )
    .addOption(
      new Option('--format <format>', 'how it is written; text where nothing is said').choices(printed),
    )
    .option('--json', 'the same as --format json')
    .addOption(new Option('--theme <theme>', 'colours of --format svg and png').choices(['light', 'dark']))
    .option('--out <file>', 'write it to this file')
    .action(printGraph);
}

function readLayers(text: string, before: readonly LayerRef[] = []): readonly LayerRef[] {
  if (isLayerRef(text)) return [...before, text];
  throw new InvalidArgumentError('Give platform, services, or a name with namespaces: Front:store-*,ui');
}

function readGroup(text: string): GroupRef {
  if (isGroupRef(text)) return text;
  throw new InvalidArgumentError('Give label, label:<key>, community, or community:<first day>/<last day>');
}

function readOverlay(text: string): StandingOverlay {
  const parsed = standingOverlaySchema.safeParse(text);
  if (parsed.success) return parsed.data;
  throw new InvalidArgumentError(`Give ${standingOverlayWords}`);
}

async function printGraph(options: Options): Promise<void> {
  const { level, expand = [], layer = [], namespace = null, cluster = null, overlay = null } = options;
  const asked = {
    window: windowOf(options),
    level,
    expand,
    layers: layer,
    group: options.groupBy ?? null,
    namespaces: namespace,
    clusters: cluster,
  };
  const query = { ...asked, filters: filtersOf(options), overlay };
  const format = formatOf(options);
  const content = await withReader(async (reader, urls) => {
    await audited(urls, {
      kind: 'flows-read',
      question: 'flowloom graph',
      clusters: cluster ?? [],
      namespaces: namespace ?? [],
      details: options.as === undefined ? {} : { as: options.as },
    });
    const { scope, policies } = await accessAs(reader, options);
    const read = await readGraph(reader, scope, { ...query, policies });
    if (format === 'text')
      return describeGraph(read)
        .map((line) => `${line}\n`)
        .join('');
    const { theme = 'light', filter = '', hide = '' } = options;
    const drawn = { theme, clusters: cluster ?? [], overlay: overlay ?? '', filter, hide };
    return await graphFile({ reader, scope }, read, { ...drawn, format });
  });
  await writeOut(content, options.out);
}

/** What is to be written; refuses what would be ignored. */
function formatOf({ format, json, theme }: Options): (typeof printed)[number] {
  if (json && format !== undefined && format !== 'json') {
    throw usageError(`--json is --format json: leave one of --json and --format ${format} out`);
  }
  const chosen = json ? 'json' : (format ?? 'text');
  if (theme !== undefined && (chosen === 'text' || !isPicture(chosen))) {
    throw usageError('--theme says the colours of a picture: add --format svg or png, or leave it out');
  }
  return chosen;
}
