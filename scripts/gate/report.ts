/** What the parts of the gate found, and the words it is told in. */
export type Tally = { readonly passed: number; readonly failed: number };

export type Part = {
  readonly name: string;
  /** What the part should take; null for what serves several parts. */
  readonly budgetSeconds: number | null;
  readonly run: () => Promise<Tally>;
};

export type PartResult = Tally & {
  readonly name: string;
  readonly seconds: number;
  readonly budgetSeconds: number | null;
};

function sum(tallies: readonly Tally[]): Tally {
  return {
    passed: tallies.reduce((total, tally) => total + tally.passed, 0),
    failed: tallies.reduce((total, tally) => total + tally.failed, 0),
  };
}

/** Runs one part; an exception is one failure, so that the parts behind it still run. */
export async function runPart(part: Part): Promise<PartResult> {
  console.log(`\n━━ ${part.name}`);
  const startedAt = performance.now();
  const tally = await part.run().catch((error: unknown) => {
    console.error(error);
    return { passed: 0, failed: 1 };
  });
  const seconds = (performance.now() - startedAt) / 1000;
  if (tally.passed + tally.failed > 0) return { ...part, ...tally, seconds };
  console.error(`✖ ${part.name}: nothing ran`);
  return { ...part, passed: 0, failed: 1, seconds };
}

/** The seconds of each part beside its budget, and the line that CI reads, alone at the end. */
export function printSummary(results: readonly PartResult[]): void {
  console.log('\n━━ seconds');
  for (const { name, seconds, budgetSeconds, passed, failed } of results) {
    const budget = budgetSeconds === null ? '' : ` of ${budgetSeconds}`;
    console.log(
      `${failed > 0 ? '✖' : '✔'} ${name}: ${seconds.toFixed(1)} s${budget} (${passed} passed, ${failed} failed)`,
    );
    if (budgetSeconds !== null && seconds > budgetSeconds)
      console.log(`  ⚠ OVER BUDGET: ${name} took ${Math.round(seconds - budgetSeconds)} s more than it may.`);
  }
  const total = sum(results);
  console.log(`\n${total.passed} passed, ${total.failed} failed`);
}
