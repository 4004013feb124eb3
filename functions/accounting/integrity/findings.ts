import { CorruptItem } from '#platform/errors.ts';

/** The checks of the audit; each begins with the number of the invariant that it belongs to. */
export const checkNames = [
  '2 entries',
  '2 totals',
  '2 months of accounts and funds',
  '2 payments',
  '2 refunds',
  '2 disputes',
  '2 checkouts',
  '3 Stripe',
  '4 stock',
  '4 tickets',
  '5 messages',
  '6 receipts',
] as const;

export type CheckName = (typeof checkNames)[number];

/** Something that does not hold. It holds ids and amounts only. */
export interface Finding {
  readonly check: CheckName;
  /** What it is about: `gift pi_…`, `campaign …`. */
  readonly subject: string;
  readonly says: string;
}

/** So many corrupt items are remembered, so that each is reported once. */
const mostCorrupt = 10_000;
/** So many findings of a check are kept by name; all are counted. */
const mostNamed = 50;

/** What an audit found, in bounded memory: the first findings of each check are kept by name. */
export class Findings {
  readonly looked = new Map<CheckName, number>();
  readonly counted = new Map<CheckName, number>();
  readonly named: Finding[] = [];
  /** Checks that were not made, with the reason. */
  readonly notMade = new Map<CheckName, string>();
  /** How many findings were neither kept nor passed on. */
  unnamed = 0;
  readonly #corrupt = new Set<string>();
  readonly #tell: ((finding: Finding) => void) | undefined;

  /** @param tell is called with each finding as it is found; then none is kept */
  constructor(tell?: (finding: Finding) => void) {
    this.#tell = tell;
  }

  /** Counts items that a check looked at. */
  look(check: CheckName, many = 1): void {
    this.looked.set(check, (this.looked.get(check) ?? 0) + many);
  }

  add(check: CheckName, subject: string, says: string): void {
    const many = (this.counted.get(check) ?? 0) + 1;
    this.counted.set(check, many);
    if (this.#tell) this.#tell({ check, subject, says });
    else if (many <= mostNamed) this.named.push({ check, subject, says });
    else this.unnamed += 1;
  }

  /**
   * Runs a check that reads items. When an item is corrupt, the item is recorded once by name, and the check returns nothing.
   * @param check under which the item is recorded
   * @param subject the item's name in the finding; by default its entity and key
   */
  ofIntact<Result>(check: CheckName, act: () => Result, subject?: string): Result | undefined {
    try {
      return act();
    } catch (error) {
      if (!(error instanceof CorruptItem)) throw error;
      if (this.#corrupt.has(error.message)) return undefined;
      if (this.#corrupt.size < mostCorrupt) this.#corrupt.add(error.message);
      this.add(check, subject ?? error.subject, error.fault);
      return undefined;
    }
  }

  /** How many findings there are, of all checks. */
  get total(): number {
    return [...this.counted.values()].reduce((sum, each) => sum + each, 0);
  }
}

/** Checks of nouns that the product does not have yet. When there are ticket types or receipts, their check replaces the line here. */
export const nothingToCheck: Readonly<Partial<Record<CheckName, string>>> = {
  '4 tickets': 'nothing to check: there are no ticket types',
  '6 receipts': 'nothing to check: there are no receipts',
};
