/** Arguments that cannot be used: the command ends with 2. */
class UsageError extends Error {
  override readonly name = 'UsageError';
}

export function usageError(message: string): Error {
  return new UsageError(message);
}

export function isUsageError(error: unknown): error is Error {
  return error instanceof UsageError;
}

/** What a command ends with: 0 it did what was asked, 1 the answer is no, 2 the arguments are unusable. */
export const exitCode = { done: 0, no: 1, usage: 2 } as const;
