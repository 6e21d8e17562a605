// A process of its own beside a server: when the process that owns the server dies, even by SIGKILL, the
// pipe to it ends, and what it left behind is ended here. It imports nothing, so that nothing can break it.

type Step = { readonly signal: NodeJS.Signals; readonly graceMs: number };

const [target, ladder] = process.argv.slice(2);
const pid = Number(target);
const steps: readonly Step[] = JSON.parse(ladder ?? '[]');

let isReleased = false;
process.stdin.on('data', () => {
  // The owner has seen its server end: from now on the number may belong to another process.
  isReleased = true;
});
process.stdin.on('error', () => undefined);
process.stdin.on('close', () => climb(0));

function climb(index: number): void {
  const step = steps[index];
  if (isReleased || !step || !send(step.signal)) process.exit(0);
  const giveUpAt = Date.now() + step.graceMs;
  const timer = setInterval(() => {
    if (!send(0)) process.exit(0);
    if (Date.now() < giveUpAt) return;
    clearInterval(timer);
    climb(index + 1);
  }, 50);
}

function send(signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}
