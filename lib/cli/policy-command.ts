import type { Command } from 'commander';
import { addPolicyCheck } from './policy-check.ts';
import { addPolicyExplain } from './policy-explain.ts';
import { addPolicyList } from './policy-list.ts';
import { addPolicyRecommend } from './policy-recommend.ts';

/** `flowloom policy …`: what policies say, of files or of the inventory. */
export function addPolicyCommand(program: Command): void {
  const policy = program
    .command('policy')
    .description('what policies say: who may talk to whom, why, and what a draft would change');
  addPolicyList(policy);
  addPolicyExplain(policy);
  addPolicyCheck(policy);
  addPolicyRecommend(policy);
}
