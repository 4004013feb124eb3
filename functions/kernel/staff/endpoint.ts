import type { Context, Hono } from 'hono';
import type * as z from 'zod/mini';
import {
  type Declared,
  type Described,
  honoPath,
  type Inputs,
  type Method,
  respondTo,
} from '#platform/http/endpoint.ts';
import type { Actor } from './actor.ts';
import { type Operation, type Permit, permit } from './rights.ts';
import type { StaffContext, StaffEnv } from './staff-context.ts';

/** What the API's document says of an operation of the staff. */
interface DescribedOfStaff extends Described {
  /** The right that it asks for; null when being signed in is enough. */
  readonly right: Operation | null;
  /** Made only for the document. */
  readonly answer: () => z.ZodMiniType;
  /** The answer's name in the document; without one its schema stands in the operation. */
  readonly answerName?: string;
  readonly answerExample?: unknown;
}

/** One operation of the staff's API: its route, what it reads, and its line in the API's document follow from it. */
export interface Endpoint extends DescribedOfStaff {
  readonly respond: (c: Context<StaffEnv>, ctx: StaffContext) => Promise<Response>;
}

/** What an operation finds besides its input. */
interface OperationContext<Right extends Operation | null>
  extends Pick<StaffContext, 'table' | 'stripe' | 'files' | 'random'> {
  readonly now: Date;
  readonly actor: Actor;
  readonly permit: Right extends Operation ? Permit<Right> : undefined;
}

/** What an answer's schema describes, which the program need not be able to change. */
type Shown<Value> = Value extends readonly (infer Item)[]
  ? readonly Shown<Item>[]
  : Value extends object
    ? { readonly [Name in keyof Value]: Shown<Value[Name]> }
    : Value;

/**
 * Declares an operation: who may do it, what it is given, what it answers, what can be wrong, and what runs. Its inputs are read in
 * the order in which they stand, after the right was checked.
 *
 * @param declared.input a body stands last, under any name
 */
export function endpoint<
  M extends Method,
  Path extends string,
  Right extends Operation | null,
  Given extends Inputs<Path>,
  Answer extends z.ZodMiniType,
>(
  declared: DescribedOfStaff &
    Declared<M, Path, Given, Shown<z.output<Answer>>, OperationContext<Right>> & {
      readonly right: Right;
      readonly answer: () => Answer;
    },
): Endpoint {
  const { run: _, ...described } = declared;
  return {
    ...described,
    respond: async (c, { table, stripe, files, random, clock }) => {
      const actor = c.get('actor');
      const now = clock();
      const context = {
        ...{ table, now, actor, random },
        ...(stripe && { stripe }),
        ...(files && { files }),
        permit: declared.right === null ? undefined : permit(actor, declared.right),
      } as OperationContext<Right>;
      return respondTo(c, declared, context, now);
    },
  };
}

/** Serves operations. */
export function serveEndpoints(app: Hono<StaffEnv>, endpoints: readonly Endpoint[], ctx: StaffContext): void {
  for (const each of endpoints) app[each.method](honoPath(each), (c) => each.respond(c, ctx));
}
