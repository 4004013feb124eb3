import { TemplateError } from '../template/template.ts';

/** Whether a record passes. */
export type EventFilter = (record: unknown) => boolean;

type Rule = (value: unknown) => boolean;

/**
 * Compiles the patterns of an event source mapping (AWS's event filtering). Inside a pattern, keys are joined by "and", an
 * array's entries by "or"; a field matches a literal, `prefix`, `suffix`, `exists`, `anything-but` or `equals-ignore-case`.
 *
 * @param patterns JSON texts, any of which may match; none lets everything pass
 * @param at the mapping, for the error
 * @throws TemplateError naming the operator the local cloud does not know
 */
export function compileFilter(patterns: readonly string[], at: string): EventFilter {
  if (patterns.length === 0) return () => true;
  const rules = patterns.map((pattern) => compileObject(JSON.parse(pattern), at));
  return (record) => rules.some((rule) => rule(record));
}

function compileObject(pattern: unknown, at: string): Rule {
  if (Array.isArray(pattern)) {
    const rules = pattern.map((entry) => compileEntry(entry, at));
    return (value) => {
      const values = Array.isArray(value) ? value : [value];
      return values.some((one) => rules.some((rule) => rule(one)));
    };
  }
  if (typeof pattern !== 'object' || pattern === null) {
    throw new TemplateError(`${at}: a filter's values must stand in arrays, not ${JSON.stringify(pattern)}.`);
  }
  const rules = Object.entries(pattern).map(([key, inner]) => {
    if (key.startsWith('$'))
      throw new TemplateError(`${at}: the local cloud does not know the filter operator ${key}.`);
    const rule = compileObject(inner, at);
    return (value: unknown) => rule(fieldOf(value, key));
  });
  return (value) => rules.every((rule) => rule(value));
}

function compileEntry(entry: unknown, at: string): Rule {
  if (typeof entry !== 'object' || entry === null) return (value) => value === entry;
  const [[operator, operand] = ['', undefined], ...others] = Object.entries(entry);
  const text = typeof operand === 'string' ? operand : undefined;
  if (others.length === 0) {
    if (operator === 'exists' && typeof operand === 'boolean')
      return (value) => (value !== undefined) === operand;
    if (operator === 'prefix' && text !== undefined)
      return (v) => typeof v === 'string' && v.startsWith(text);
    if (operator === 'suffix' && text !== undefined) return (v) => typeof v === 'string' && v.endsWith(text);
    if (operator === 'equals-ignore-case' && text !== undefined) {
      return (value) => typeof value === 'string' && value.toLowerCase() === text.toLowerCase();
    }
    if (operator === 'anything-but') {
      const rules = [operand].flat().map((one) => compileEntry(one, at));
      return (value) => value !== undefined && !rules.some((rule) => rule(value));
    }
  }
  throw new TemplateError(`${at}: the local cloud does not know the filter ${JSON.stringify(entry)}.`);
}

function fieldOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}
