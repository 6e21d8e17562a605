/** Settles when this process is asked to end, by a signal or because whoever started it has died. */
export function stopRequest(): AbortSignal {
  const controller = new AbortController();
  const stop = (): void => controller.abort(new Stopped());
  // `on`, not `once`: a second Ctrl-C must not end this process before what it started has ended.
  process.on('SIGINT', stop).on('SIGTERM', stop).on('SIGHUP', stop);
  if (process.connected) {
    process.once('disconnect', stop);
    // Listening alone must not keep a process alive whose work is done.
    process.channel?.unref();
  }
  return controller.signal;
}

/** Nothing went wrong: what was under way is not wanted any more. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
}

/** Waits for work no longer than until the stop. */
export function orStopped<T>(work: Promise<T>, stop: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(stop.reason);
    if (stop.aborted) onAbort();
    stop.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => stop.removeEventListener('abort', onAbort));
  });
}
