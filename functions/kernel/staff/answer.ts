import * as z from 'zod/mini';

// What answers of the staff's API are made of. The API's document writes it down; nothing checks an answer while it is given.

/** A schema with the sentence that the document says of it. */
export const described = <Schema extends z.ZodMiniType>(schema: Schema, description: string): Schema =>
  schema.check(z.describe(description)) as Schema;

export const text = z.string();

/** A moment, ISO 8601, UTC. */
export const time = z.string().check(z.meta({ format: 'date-time' }));

/** Money in the currency's smallest unit. */
export const cents = (description = 'Minor units.') =>
  z.number().check(z.meta({ type: 'integer', description }));

/** How many, of anything but money. */
export const count = z.number().check(z.meta({ type: 'integer' }));

export const truth = z.boolean();

export const changed = described(truth, 'False when it was so before.');

export const oneOf = <const Words extends readonly [string, ...string[]]>(words: Words) => z.enum(words);

/** An object whose fields the document does not name. */
export const anyObject = z.custom<object>().check(z.meta({ type: 'object' }));

/** A list, with the fields beside its `data`. */
export const list = <Item extends z.ZodMiniType, More extends z.core.$ZodShape = Record<never, never>>(
  of: string,
  item: Item,
  more: More = {} as More,
) => z.object({ data: described(z.array(item), of), ...more });

/** Where the next page of a list begins. */
export const nextCursor = described(z.nullable(text), 'Null on the last page.');

export const paged = <Item extends z.ZodMiniType>(of: string, item: Item) => list(of, item, { nextCursor });
