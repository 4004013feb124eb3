import type { Fields } from '#platform/table/read-item.ts';
import type { Parts } from './parts.ts';

/** The parts of a payment or a checkout, as an item stores them. */
export function partsIn(fields: Fields): Parts {
  return { gift: fields.int('gift'), sales: fields.int('sales'), cover: fields.int('cover') };
}
