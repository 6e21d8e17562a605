import { Argument, type Command } from 'commander';
import { parseEmbedOrigin } from '#lib/contracts/embed-origin.ts';
import { type Sharing, type SharingChange, sharingChangeSchema } from '#lib/contracts/sharing.ts';
import { asOwner } from '#lib/db/owner-session.ts';
import { holdSharingSetting } from '#lib/db/sharing-settings.ts';
import { withDatabase } from '#lib/runtime/with-database.ts';
import { changeSharing, readSharing } from '#lib/server/sharing-settings.ts';
import { audited } from './audited.ts';
import { commandEnvironment } from './command-environment.ts';
import { usageError } from './exit.ts';
import { printJson, printLines } from './output.ts';

type Shown = { readonly json?: boolean };

/** `flowloom sharing`: what people may let out of the installation without anybody signing in. */
export function addSharingCommand(program: Command): void {
  const sharing = program
    .command('sharing')
    .description('what may be seen without signing in: public snapshots, and embeds in pages of other sites');
  sharing
    .command('show')
    .description('what is let out')
    .option('--json', 'print one JSON document')
    .action(({ json }: Shown) => change(() => null, json));
  sharing
    .command('public-snapshots')
    .description('whether public snapshots can be made and opened')
    .addArgument(new Argument('<switch>', 'on or off').choices(['on', 'off']))
    .option('--json', 'print one JSON document')
    .action((given: string, { json }: Shown) => change(() => ({ publicSnapshots: given === 'on' }), json));
  sharing
    .command('allow')
    .description('let pages of these sites show embeds')
    .argument('<origins...>', 'https://wiki.example.com, or https://*.example.com for every name below')
    .option('--json', 'print one JSON document')
    .action((given: readonly string[], { json }: Shown) => {
      const origins = given.map(originOf);
      return change((now) => ({ embedOrigins: [...now.embedOrigins, ...origins] }), json);
    });
  sharing
    .command('refuse')
    .description('let pages of these sites show embeds no longer')
    .argument('<origins...>', 'as they are listed by sharing show')
    .option('--json', 'print one JSON document')
    .action((given: readonly string[], { json }: Shown) => {
      const origins = given.map(originOf);
      return change((now) => {
        const unknown = origins.find((origin) => !now.embedOrigins.includes(origin));
        if (unknown !== undefined)
          throw usageError(`${unknown} is not on the list: flowloom sharing show prints what is`);
        return { embedOrigins: now.embedOrigins.filter((each) => !origins.includes(each)) };
      }, json);
    });
}

function originOf(text: string): string {
  const parsed = parseEmbedOrigin(text);
  if (!parsed.ok) throw usageError(`${text === '' ? 'an origin' : text}: ${parsed.error}`);
  return parsed.value;
}

/** Changes what `wanted` says of what is let out now, null: nothing, and prints what is then. */
async function change(wanted: (now: Sharing) => SharingChange | null, json = false): Promise<void> {
  const document = await withDatabase(commandEnvironment(), (urls) =>
    asOwner(urls.owner, (session) =>
      session.inTransaction(async () => {
        // A list with one site more is made of the list as it is: two commands at once would lose one.
        await holdSharingSetting(session);
        const now = await readSharing(session);
        const asked = wanted(now);
        if (asked === null) return now;
        const parsed = sharingChangeSchema.safeParse(asked);
        if (!parsed.success) throw usageError(parsed.error.issues[0]?.message ?? 'this cannot be changed so');
        await audited(urls, { kind: 'sharing-changed', details: { ...parsed.data } });
        return changeSharing(session, parsed.data);
      }),
    ),
  );
  if (json) printJson(document);
  else printLines(describe(document));
}

function describe({ publicSnapshots, embedOrigins }: Sharing): readonly string[] {
  const embeds =
    embedOrigins.length === 0
      ? ['Embeds: no site may show them (flowloom sharing allow https://wiki.example.com)']
      : ['Embeds may be shown by pages of:', ...embedOrigins.map((origin) => `  ${origin}`)];
  return [`Public snapshots: ${publicSnapshots ? 'on' : 'off'}`, ...embeds];
}
