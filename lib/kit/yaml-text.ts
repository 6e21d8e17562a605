export type YamlValue = string | number | readonly YamlValue[] | { readonly [key: string]: YamlValue };

/** One document in block style, with its line end. Every text is quoted where YAML could take it for anything else. */
export function yamlText(document: YamlValue): string {
  return `${lines(document, '').join('\n')}\n`;
}

function lines(value: YamlValue, indent: string): readonly string[] {
  if (isList(value)) {
    return value.flatMap((item) => {
      const inner = lines(item, `${indent}  `);
      return [`${indent}- ${(inner[0] ?? '').trimStart()}`, ...inner.slice(1)];
    });
  }
  if (typeof value !== 'object') return [`${indent}${scalar(value)}`];
  return Object.entries(value).flatMap(([key, item]) => {
    const name = plain.test(key) ? key : JSON.stringify(key);
    if (typeof item !== 'object') return [`${indent}${name}: ${scalar(item)}`];
    if (!isList(item) && Object.keys(item).length === 0) return [`${indent}${name}: {}`];
    if (isList(item) && item.every((one) => typeof one !== 'object')) {
      return [`${indent}${name}: [${item.map((one) => scalar(one)).join(', ')}]`];
    }
    return [`${indent}${name}:`, ...lines(item, `${indent}  `)];
  });
}

function isList(value: YamlValue): value is readonly YamlValue[] {
  return Array.isArray(value);
}

const plain = /^[A-Za-z][\w./-]*$/;
/** What YAML 1.1 takes for something else. */
const words = /^(y|n|yes|no|on|off|true|false|null)$/i;

function scalar(value: YamlValue): string {
  if (typeof value === 'number') return String(value);
  const text = String(value);
  return plain.test(text) && !words.test(text) ? text : JSON.stringify(text);
}
