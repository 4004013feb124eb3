import { inspect } from 'node:util';
import { safeParse } from 'zod/mini';
import { charity } from '#platform/charity.ts';
import { charityRules, charitySchema } from './charity-schema.ts';
import type { Stage } from './constructs/stage.ts';
import { stageRules, stageSchema } from './stage-schema.ts';
import { stages } from './stages.ts';

/** Thrown for a configuration that cannot be used. The message has one sentence a line for each wrong field. */
export class WrongConfigurationError extends Error {
  override readonly name = 'WrongConfigurationError';
}

type Rule = {
  readonly path: string;
  readonly isBroken: (value: never) => boolean;
  readonly right: string;
};

/**
 * Checks who the charity is and what the stages are: at synth, and before anything else of `npm start`.
 *
 * @param chosen a stage that is used otherwise than it stands in the file, for example with the laptop's sign-in
 * @throws WrongConfigurationError that names each wrong field, what is there, and what would be right
 */
export function checkConfiguration(chosen?: Stage): void {
  const wrong = [
    ...wrongFields('functions/platform/charity.ts', '', charity, charitySchema, charityRules),
    ...Object.entries(stages).flatMap(([name, stage]) =>
      wrongFields('infra/stages.ts', `${name}.`, stage, stageSchema, [...stageRules, named(name)]),
    ),
    ...(chosen ? wrongFields('infra/stages.ts', `${chosen.name}.`, chosen, stageSchema, stageRules) : []),
  ];
  if (wrong.length > 0) throw new WrongConfigurationError([...new Set(wrong)].join('\n'));
}

/** A stage stands under its own name. */
function named(name: string): Rule {
  return {
    path: 'name',
    isBroken: (stage: Stage) => stage.name !== name,
    right: `"${name}", as it is listed`,
  };
}

/** One sentence a wrong field. */
function wrongFields(
  file: string,
  prefix: string,
  value: unknown,
  schema: typeof charitySchema | typeof stageSchema,
  rules: readonly Rule[],
): string[] {
  const sentence = (path: string, right: string) =>
    `${file}: ${prefix}${path} ${standing(at(value, path))}; it must be ${right}.`;
  const { error } = safeParse(schema, value);
  if (error) {
    return error.issues.flatMap((issue) => {
      const path = issue.path.join('.');
      if (issue.code === 'unrecognized_keys') {
        return issue.keys.map((key) =>
          sentence([...issue.path, key].join('.'), 'left out: there is no such field'),
        );
      }
      return [sentence(path, issue.code === 'invalid_type' ? 'an object with its fields' : issue.message)];
    });
  }
  // The schema has accepted the value, so it has the rules' shape.
  return rules.flatMap(({ path, isBroken, right }) =>
    isBroken(value as never) ? [sentence(path, right)] : [],
  );
}

function at(value: unknown, path: string): unknown {
  let found = value;
  for (const key of path.split('.')) found = (found as Record<string, unknown> | undefined)?.[key];
  return found;
}

/** What stands in a field, in words. */
function standing(value: unknown): string {
  if (value === undefined) return 'is missing';
  const text = typeof value === 'string' ? JSON.stringify(value) : inspect(value, { breakLength: Infinity });
  return `is ${text.length > 80 ? `${text.slice(0, 80)}…` : text}`;
}
