import { invalidRequest } from './errors.ts';

/** A decoded form value: text, a list, or named values. */
export type FormValue = string | FormValue[] | { [name: string]: FormValue };

type Branch = Map<string, Branch | string>;

/**
 * Decodes Stripe's form encoding: `a=1&b[c]=2&d[0][e]=3&f[]=4`. Names that count from 0 become a list.
 *
 * @param text a request body or a query without its question mark
 * @throws ApiError for a name that is malformed, given twice, or used both as a value and as a group
 */
export function parseForm(text: string): { [name: string]: FormValue } {
  const root: Branch = new Map();
  for (const [name, value] of new URLSearchParams(text)) place(root, name, value);
  return Object.fromEntries([...root].map(([name, value]) => [name, settle(value)]));
}

function place(root: Branch, name: string, value: string): void {
  const parts = /^([^[\]]+)((?:\[[^[\]]*\])*)$/.exec(name);
  if (!parts?.[1]) throw invalidRequest(`Invalid parameter name: ${name}`, name);
  const path = [parts[1], ...[...(parts[2] ?? '').matchAll(/\[([^[\]]*)\]/g)].map((match) => match[1] ?? '')];
  let branch = root;
  path.forEach((step, depth) => {
    const key = step === '' ? String(branch.size) : step;
    const present = branch.get(key);
    if (depth === path.length - 1) {
      if (present !== undefined) throw invalidRequest(`Parameter given twice: ${name}`, name);
      branch.set(key, value);
      return;
    }
    if (typeof present === 'string') throw invalidRequest(`Invalid object: ${name}`, name);
    const next: Branch = present ?? new Map();
    branch.set(key, next);
    branch = next;
  });
}

function settle(value: Branch | string): FormValue {
  if (typeof value === 'string') return value;
  const entries = [...value].map(([name, inner]) => [name, settle(inner)] as const);
  const isList = entries.every(([name], index) => name === String(index));
  return isList ? entries.map(([, inner]) => inner) : Object.fromEntries(entries);
}
