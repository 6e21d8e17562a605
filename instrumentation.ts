/** Called by Next once per server process, before the first request. */
export async function register(): Promise<void> {
  if (process.env['NEXT_RUNTIME'] !== 'nodejs') return;
  const { notePeerAddresses } = await import('#lib/http/peer-address.ts');
  notePeerAddresses();
  const { startBackgroundJobs } = await import('#lib/runtime/background-jobs.ts');
  startBackgroundJobs(process.env);
}
