import type { EntityMatch, Rule } from './model.ts';
import type { Selector } from './selector.ts';

/**
 * Gives back the first selector of each canonical spelling, so that what is remembered of a selector
 * serves every rule that spells it, found by identity and not by comparing texts.
 */
export function selectorSharer(): (rule: Rule) => Rule {
  const shared = new Map<string, Selector>();
  const share = (selector: Selector | null): Selector | null => {
    if (selector === null) return null;
    const first = shared.get(selector.canonical) ?? selector;
    shared.set(selector.canonical, first);
    return first;
  };
  const shareIn = (match: EntityMatch): EntityMatch => ({
    ...match,
    selector: share(match.selector),
    notSelector: share(match.notSelector),
  });
  return (rule) => ({ ...rule, source: shareIn(rule.source), destination: shareIn(rule.destination) });
}
