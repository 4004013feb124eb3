import { hasMonth } from '#platform/clock.ts';
import { CorruptItem } from '#platform/errors.ts';
import { errorFields, log } from '#platform/log.ts';
import type { Item } from './table.ts';

/** Reads an item field by field. Whatever a field is not throws `CorruptItem`. */
export function read(item: Item): Fields {
  return new Fields(item, item, '');
}

/**
 * Reads what people look at as a list: what is corrupt of it is left out and logged, so that the rest is seen. Never for sums.
 * @param readOne reads what belongs to one of them
 */
export function readIntact<From, Read>(all: readonly From[], readOne: (one: From) => Read): Read[] {
  return all.flatMap((one) => {
    try {
      return [readOne(one)];
    } catch (error) {
      if (!(error instanceof CorruptItem)) throw error;
      log('error', 'item-corrupt', errorFields(error));
      return [];
    }
  });
}

type Values = Readonly<Record<string, unknown>>;

/** A date and a time as they are stored: ISO 8601. A number or a bare day would be taken for some date too. */
const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d/;

/**
 * The fields of an item, or of a record in it. Each method gives one field or throws `CorruptItem`; those that begin with `maybe`
 * give undefined for a field that is not there.
 */
export class Fields {
  readonly #item: Item;
  readonly #values: Values;
  readonly #path: string;

  constructor(item: Item, values: Values, path: string) {
    this.#item = item;
    this.#values = values;
    this.#path = path;
  }

  text(name: string): string {
    const value = this.#values[name];
    return typeof value === 'string' ? value : this.#fail(name, 'text');
  }

  /** A whole number that can be counted with: minor units, counts, versions. */
  int(name: string): number {
    const value = this.#values[name];
    return Number.isSafeInteger(value) ? (value as number) : this.#fail(name, 'a whole number');
  }

  flag(name: string): boolean {
    const value = this.#values[name];
    return typeof value === 'boolean' ? value : this.#fail(name, 'true or false');
  }

  /** A moment that was stored as ISO 8601 and has a month of the books. */
  date(name: string): Date {
    const value = this.#values[name];
    const date = typeof value === 'string' && moment.test(value) ? new Date(value) : undefined;
    return date && hasMonth(date) ? date : this.#fail(name, 'a moment');
  }

  oneOf<Value extends string>(name: string, allowed: readonly Value[]): Value {
    const value = this.#values[name];
    return allowed.find((each) => each === value) ?? this.#fail(name, 'one of its values');
  }

  /**
   * A text of a kind that is more than a list of values.
   * @param what it should be: `the name of an account`
   */
  textThat<Text extends string>(name: string, is: (text: string) => text is Text, what: string): Text {
    const value = this.#values[name];
    return typeof value === 'string' && is(value) ? value : this.#fail(name, what);
  }

  /**
   * The texts of a list, each of a kind.
   * @param what they should be: `a list of lines`
   */
  textsThat(name: string, is: (text: string) => boolean, what: string): string[] {
    const texts = this.texts(name);
    return texts.every(is) ? texts : this.#fail(name, what);
  }

  /** The texts of a list, each one of those. */
  manyOf<Value extends string>(name: string, allowed: readonly Value[]): Value[] {
    return this.texts(name).map(
      (text) => allowed.find((each) => each === text) ?? this.#fail(name, 'a list of its values'),
    );
  }

  /** The texts of a list, or of a set. */
  texts(name: string): string[] {
    const value = this.#values[name];
    const all: unknown = value instanceof Set ? [...value] : value;
    const isTexts = Array.isArray(all) && all.every((each) => typeof each === 'string');
    return isTexts ? all : this.#fail(name, 'a list of texts');
  }

  record(name: string): Fields {
    const value = this.#values[name];
    return isRecord(value) ? this.#within(value, name) : this.#fail(name, 'a record');
  }

  /** The records of a list. */
  list(name: string): Fields[] {
    const value = this.#values[name];
    if (!Array.isArray(value)) return this.#fail(name, 'a list');
    return value.map((each: unknown, index) =>
      isRecord(each) ? this.#within(each, `${name}[${index}]`) : this.#fail(`${name}[${index}]`, 'a record'),
    );
  }

  /** Whole numbers by whatever names they stand under. */
  ints(): Record<string, number> {
    return Object.fromEntries(this.names().map((name) => [name, this.int(name)]));
  }

  /** The names of the fields that are there. */
  names(): string[] {
    return Object.keys(this.#values);
  }

  maybeText(name: string): string | undefined {
    return this.#values[name] === undefined ? undefined : this.text(name);
  }

  maybeInt(name: string): number | undefined {
    return this.#values[name] === undefined ? undefined : this.int(name);
  }

  maybeFlag(name: string): boolean | undefined {
    return this.#values[name] === undefined ? undefined : this.flag(name);
  }

  maybeDate(name: string): Date | undefined {
    return this.#values[name] === undefined ? undefined : this.date(name);
  }

  maybeOneOf<Value extends string>(name: string, allowed: readonly Value[]): Value | undefined {
    return this.#values[name] === undefined ? undefined : this.oneOf(name, allowed);
  }

  maybeTexts(name: string): string[] | undefined {
    return this.#values[name] === undefined ? undefined : this.texts(name);
  }

  maybeRecord(name: string): Fields | undefined {
    return this.#values[name] === undefined ? undefined : this.record(name);
  }

  maybeList(name: string): Fields[] | undefined {
    return this.#values[name] === undefined ? undefined : this.list(name);
  }

  /** A text, a number, a truth or null, as it stands. */
  maybePlain(name: string): string | number | boolean | null | undefined {
    const value = this.#values[name];
    if (value === undefined || value === null || typeof value === 'boolean') return value;
    return typeof value === 'string' || typeof value === 'number' ? value : this.#fail(name, 'a plain value');
  }

  #within(values: Values, name: string): Fields {
    return new Fields(this.#item, values, `${this.#path}${name}.`);
  }

  #fail(name: string, kind: string): never {
    throw new CorruptItem(this.#item, `${this.#path}${name}`, kind);
  }
}

function isRecord(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Set);
}
