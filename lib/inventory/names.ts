// apimachinery/pkg/util/validation. Namespaces and services are labels, nearly everything else a subdomain.
const labelWord = '[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?';
const dnsLabel = new RegExp(`^${labelWord}$`);
const subdomain = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;
const qualifiedName = /^[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;

export function isDnsLabel(text: string): boolean {
  return dnsLabel.test(text);
}

export function isSubdomain(text: string): boolean {
  return text.length <= 253 && subdomain.test(text);
}

/** What can stand in an address of the API: the rule for roles, bindings and objects of extensions. */
export function isPathSegment(text: string): boolean {
  return text.length <= 253 && text !== '.' && text !== '..' && !/[/%]/.test(text);
}

/** `app`, `app.kubernetes.io/name`. */
export function isLabelKey(text: string): boolean {
  const slash = text.indexOf('/');
  if (slash === -1) return qualifiedName.test(text);
  return isSubdomain(text.slice(0, slash)) && qualifiedName.test(text.slice(slash + 1));
}

export function isLabelValue(text: string): boolean {
  return text === '' || qualifiedName.test(text);
}

/** The name of a port (RFC 6335): at most 15 letters, digits and single hyphens, with a letter in it. */
export function isPortName(text: string): boolean {
  return text.length <= 15 && /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(text) && /[a-z]/.test(text);
}
