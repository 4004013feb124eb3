import { TemplateError } from './template.ts';

/** A statement's conditions: by operator and key, the values that it takes. All of them must hold. */
export type Conditions = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

type Context = Readonly<Record<string, readonly string[]>>;

const like = (values: readonly string[], patterns: readonly string[], quantifier: 'some' | 'every') =>
  values[quantifier]((value) => patterns.some((pattern) => matches(pattern, value)));

/**
 * The operators that the local cloud evaluates (IAM, "JSON policy elements: Condition operators").
 * @param values those of the request; undefined when the request has no such key
 */
const operators: Readonly<
  Record<string, (values: readonly string[] | undefined, wanted: readonly string[]) => boolean>
> = {
  // True of a request without the key too: without a `Null` condition beside it, every request that has no key passes.
  'ForAllValues:StringLike': (values = [], wanted) => like(values, wanted, 'every'),
  'ForAnyValue:StringLike': (values = [], wanted) => like(values, wanted, 'some'),
  StringEquals: (values = [], wanted) => values.length === 1 && wanted.includes(values[0] ?? ''),
  Bool: (values = [], wanted) => values.length === 1 && wanted.includes(values[0] ?? ''),
  Null: (values, wanted) => wanted.includes(String(values === undefined)),
};

/** The keys whose values the local cloud knows of a request. */
const knownKeys = new Set([
  'aws:SecureTransport',
  'dynamodb:LeadingKeys',
  's3:ObjectCreationOperation',
  's3:if-none-match',
]);

/** Keys that hold several values: IAM compares them with the operators for sets only. */
const keysOfSets = new Set(['dynamodb:LeadingKeys']);

/** @throws TemplateError for an operator or key that the local cloud cannot evaluate, rather than to guess */
export function requireKnownCondition(
  {
    Action,
    Condition = {},
  }: { readonly Action: readonly string[]; readonly Condition?: Conditions | undefined },
  id: string,
): void {
  for (const [operator, keys] of Object.entries(Condition)) {
    for (const key of Object.keys(keys)) {
      const fits = operator === 'Null' || operator.includes(':') === keysOfSets.has(key);
      if (operator in operators && knownKeys.has(key) && fits) continue;
      throw new TemplateError(
        `${id}: the local cloud does not know the Condition ${operator} of ${key} in the statement for ${Action.join(', ')}.`,
      );
    }
  }
}

/** Whether all conditions of a statement hold for a request. */
export function holds(conditions: Conditions, context: Context): boolean {
  return Object.entries(conditions).every(([operator, keys]) =>
    Object.entries(keys).every(([key, wanted]) => operators[operator]?.(context[key], wanted) === true),
  );
}

/** Whether a text matches a pattern with IAM's wildcards: `*` any run of characters, `?` one. */
export function matches(pattern: string, text: string): boolean {
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`, 's').test(text);
}
