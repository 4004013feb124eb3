import type { Context, Hono } from 'hono';
import type * as z from 'zod/mini';
import {
  type Declared,
  type Described,
  honoPath,
  type Inputs,
  type Method,
  readInputs,
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
  readonly respond: (c: Context<StaffEnv>, ctx: OutsideOfStaff) => Promise<Response>;
  /** Reads what it is given, and no more. @throws Problem of the first input that is not right */
  readonly check: (c: Context<StaffEnv>, ctx: OutsideOfStaff) => Promise<void>;
}

/** What operations need besides: who acts is known already. */
export type OutsideOfStaff = Omit<StaffContext, 'actorOf'>;

/** What an operation finds besides its input. */
export interface OperationContext<Right extends Operation | null>
  extends Pick<StaffContext, 'table' | 'stripe' | 'files' | 'random' | 'hash' | 'directory' | 'site'> {
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
    respond: async (c, ctx) => {
      const context = contextFor(c.get('actor'), declared.right, ctx);
      return respondTo(c, declared, context, context.now);
    },
    check: async (c, { clock }) => {
      await readInputs(c, declared.input, clock());
    },
  };
}

/** What an operation, or a page, finds for who acts. @throws Problem `forbidden` without the right */
export function contextFor<Right extends Operation | null>(
  actor: Actor,
  right: Right,
  { table, stripe, files, random, hash, directory, site, clock }: OutsideOfStaff,
): OperationContext<Right> {
  return {
    ...{ table, now: clock(), actor, random },
    ...(stripe && { stripe }),
    ...(files && { files }),
    ...(hash && { hash }),
    ...(directory && { directory }),
    ...(site !== undefined && { site }),
    permit: right === null ? undefined : permit(actor, right),
  } as OperationContext<Right>;
}

/** Serves operations. */
export function serveEndpoints(
  app: Hono<StaffEnv>,
  endpoints: readonly Endpoint[],
  ctx: OutsideOfStaff,
): void {
  for (const each of endpoints) app[each.method](honoPath(each), (c) => each.respond(c, ctx));
}
