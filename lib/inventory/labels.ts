import {
  at,
  type Field,
  objectsAt,
  refuse,
  requireText,
  textMapAt,
  textsAt,
  warnOfUnknown,
  wordAt,
} from './field.ts';
import type { LabelSelector, TextMap } from './model.ts';
import { isLabelKey, isLabelValue } from './names.ts';

/** Labels, or a selector that wants them: keys and values as the API server accepts them. */
export function labelsAt(object: Field, key: string): TextMap {
  const labels = textMapAt(object, key);
  const field = at(object, key);
  for (const [name, value] of Object.entries(labels)) {
    const label = { ...at(field, name), value: name };
    if (!isLabelKey(name)) refuse(label, 'bad-label', 'under a label key such as app or example.com/app');
    if (!isLabelValue(value)) {
      refuse(
        { ...label, value },
        'bad-label',
        'a label value: up to 63 letters, digits, - _ and . that begin and end with a letter or digit',
      );
    }
  }
  return labels;
}

const selectorFields = new Set(['matchLabels', 'matchExpressions']);
const expressionFields = new Set(['key', 'operator', 'values']);
const operators = ['In', 'NotIn', 'Exists', 'DoesNotExist'] as const;

export function readLabelSelector(selector: Field): LabelSelector {
  warnOfUnknown(selector, selectorFields);
  return {
    matchLabels: labelsAt(selector, 'matchLabels'),
    matchExpressions: objectsAt(selector, 'matchExpressions').flatMap((expression) => {
      warnOfUnknown(expression, expressionFields);
      const key = requireText(expression, 'key');
      const operator = wordAt(expression, 'operator', operators);
      const values = textsAt(expression, 'values');
      if (operator === null) {
        refuse(at(expression, 'operator'), 'missing', `one of ${operators.join(', ')}`);
        return [];
      }
      const needsValues = operator === 'In' || operator === 'NotIn';
      if (needsValues !== values.length > 0) {
        refuse(at(expression, 'values'), 'bad-selector', needsValues ? 'a list of values' : 'absent');
      }
      return key === null ? [] : [{ key, operator, values }];
    }),
  };
}
