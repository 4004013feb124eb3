import { type Item, readWholeList, type Table } from './table.ts';

const aPage = 100;

/**
 * Reads several lists of the index `lists` as one, oldest first, in pages of at most 100 items. Memory holds one page of each list,
 * however long they are.
 */
export async function* mergeLists(table: Table, names: readonly string[]): AsyncGenerator<Item[]> {
  const readers = names.map((name) => new ListReader(readWholeList(table, name)));
  await Promise.all(readers.map((reader) => reader.fill()));
  let waiting = readers.filter(({ head }) => head);
  let page: Item[] = [];
  while (waiting.length > 0) {
    const first = waiting.reduce((least, reader) => (reader.order < least.order ? reader : least));
    page.push(first.take());
    if (!first.head) {
      await first.fill();
      if (!first.head) waiting = waiting.filter((reader) => reader !== first);
    }
    if (page.length < aPage) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}

/** Reads a list item by item, a page at a time. */
class ListReader {
  readonly #pages: AsyncGenerator<Item[]>;
  #page: Item[] = [];
  #at = 0;

  constructor(pages: AsyncGenerator<Item[]>) {
    this.#pages = pages;
  }

  /** The next item of the page; undefined when the page is read. */
  get head(): Item | undefined {
    return this.#page[this.#at];
  }

  get order(): string {
    return String(this.head?.listOrder);
  }

  /** Reads the next page; none is left when there is no head then. */
  async fill(): Promise<void> {
    this.#page = (await this.#pages.next()).value ?? [];
    this.#at = 0;
  }

  take(): Item {
    this.#at += 1;
    return this.#page[this.#at - 1] as Item;
  }
}
