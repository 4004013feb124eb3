import type { Account } from '../account/account.ts';
import type { Collection } from '../account/store.ts';
import { resourceMissing } from '../protocol/errors.ts';
import type { Kind } from '../protocol/expand.ts';
import { operation } from '../protocol/operation.ts';
import { createdFields, isWithin, listFields, paginate } from '../protocol/pagination.ts';
import { list, type Reader, text } from '../protocol/parameters.ts';

/** Parameters of an operation that takes none of its own. */
export const onlyExpand = { expand: list(text()) };

/** `GET /v1/<kind>/{id}`. */
export function retrieve<T extends { readonly id: string }>(
  account: Account,
  kind: Kind,
  collection: Collection<T>,
  name: string = kind,
) {
  return operation(account, { readers: onlyExpand, kind }, ({ id }) => found(collection, name, id));
}

/** What a list can be asked for. */
export interface Listing<T> {
  readonly kind: Kind;
  readonly items: Collection<T & { readonly id: string }>;
  /** Parameters that an object's field of the same name must equal. */
  readonly same?: readonly (keyof T & string)[];
  /** Further parameters, which `where` looks at or which are refused. */
  readonly readers?: Readonly<Record<string, Reader<unknown>>>;
  readonly where?: (item: T, input: Readonly<Record<string, unknown>>) => boolean;
}

/** `GET /v1/<kind>`: the newest first, filtered by time of creation and the parameters named. */
export function listOf<T extends { readonly id: string; readonly created: number }>(
  account: Account,
  { kind, items, same = [], readers = {}, where = () => true }: Listing<T>,
) {
  const all = {
    ...listFields,
    ...createdFields,
    ...Object.fromEntries(same.map((name) => [name, text()])),
    ...readers,
  };
  return operation(account, { readers: all, kind, isList: true }, ({ input, path }) => {
    const given = input as Readonly<Record<string, unknown>>;
    const matching = items
      .newestFirst()
      .filter((item) => isWithin(item.created, input.created))
      .filter((item) => same.every((name) => given[name] === undefined || given[name] === item[name]))
      .filter((item) => where(item, given));
    return paginate(matching, input, path);
  });
}

/** The object that the path names, or Stripe's 404. */
export function found<T extends { readonly id: string }>(
  collection: Collection<T>,
  name: string,
  id: string,
): T {
  const item = collection.find(id);
  if (!item) throw resourceMissing(name, id);
  return item;
}
