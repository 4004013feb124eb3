import { errorFields, log } from '#platform/log.ts';
import type { Directory } from './directory-gateway.ts';

/** The names of the people of the staff by their ids; none where they are kept elsewhere, or cannot be asked for now. */
export async function readNames({
  directory,
}: {
  readonly directory?: Directory | undefined;
}): Promise<ReadonlyMap<string, string>> {
  try {
    const people = (await directory?.list()) ?? [];
    return new Map(people.map(({ id, name }) => [id, name]));
  } catch (error) {
    // What was done is shown all the same.
    if (!(error instanceof Error)) throw error;
    log('warn', 'names-not-read', errorFields(error));
    return new Map();
  }
}
