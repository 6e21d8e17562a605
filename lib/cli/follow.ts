import type { Environment } from '#lib/config/environment.ts';
import type { FollowResult } from '#lib/contracts/ingest.ts';
import { reasonOfLoss } from '#lib/runtime/explain-loss.ts';
import { withLastingDatabase } from '#lib/runtime/lasting-database.ts';
import { stopRequest } from '#lib/runtime/stop-request.ts';
import { type FollowFilesOptions, followFiles } from '#lib/server/follow-files.ts';
import { closeIngest, newRun } from '#lib/server/ingest-run.ts';
import { offerDemoRemoval } from './offer-demo-removal.ts';
import { createProgressLine } from './progress-line.ts';

/** Follows files until Ctrl-C or SIGTERM, and says on standard error what happens to them. */
export async function follow(
  environment: Environment,
  files: readonly string[],
  options: Pick<FollowFilesOptions, 'namedCluster' | 'format'>,
): Promise<FollowResult> {
  const stop = stopRequest();
  const progress = createProgressLine(
    files.length === 1 ? `following ${files[0]}` : `following ${files.length} files`,
  );
  const note = (text: string): void => {
    progress.clear();
    console.error(text);
  };
  return await withLastingDatabase(environment, async (current) => {
    const used = new Set<string>();
    const writerUrl = async (): Promise<string> => {
      const { writer } = await current();
      used.add(writer);
      return writer;
    };
    try {
      await offerDemoRemoval(await current(), options.namedCluster);
      note(`following ${files.join(', ')}; Ctrl-C ends it, and the next start goes on from there`);
      return await followFiles({
        ...options,
        files,
        writerUrl,
        run: newRun(),
        stop,
        reasonOf: (error) => reasonOfLoss(error, environment),
        note,
        onProgress: progress.show,
      });
    } finally {
      progress.clear();
      for (const url of used) await closeIngest(url);
    }
  });
}
