import type { Context } from 'hono';
import type { Collection } from '../account/store.ts';
import { resourceMissing } from '../protocol/errors.ts';
import { type FormValue, parseForm } from '../protocol/form.ts';
import { json } from '../protocol/operation.ts';
import { type Fields, fields, type Reader } from '../protocol/parameters.ts';

/** The form of a control, read as the API reads its own. */
export async function readControl<R extends Record<string, Reader<unknown>>>(
  context: Context,
  readers: R,
): Promise<Fields<R>> {
  const given: { [name: string]: FormValue } = parseForm(await context.req.text());
  return fields({ ...readers })(given, '') as Fields<R>;
}

/** The object that a control's path names, or 404. */
export function ofPath<T extends { readonly id: string }>(
  context: Context,
  collection: Collection<T>,
  kind: string,
): T {
  const id = context.req.param('id') ?? '';
  const item = collection.find(id);
  if (!item) throw resourceMissing(kind, id);
  return item;
}

/** A button goes back to its part of the page; a call gets JSON. */
export function done(context: Context, answer: object, part = ''): Response {
  const isButton = context.req.header('accept')?.includes('text/html') ?? false;
  return isButton ? context.redirect(`/${part}`, 303) : json(answer, 200);
}
