import { CorruptItem } from '#platform/errors.ts';

/** What the audit looks at, by the number of the invariant that it belongs to. */
export const checkNames = [
  '2 entries',
  '2 totals',
  '2 months of accounts and funds',
  '2 gifts',
  '2 refunds',
  '2 disputes',
  '2 checkouts',
  '3 Stripe',
  '4 tickets',
  '5 messages',
  '6 receipts',
] as const;

/** The name of a check. */
export type CheckName = (typeof checkNames)[number];

/** Something that does not hold, by name: ids and amounts only. */
export interface Finding {
  readonly check: CheckName;
  /** What it is about: `gift pi_…`, `campaign …`. */
  readonly subject: string;
  readonly says: string;
}

/** So many corrupt items are told apart. */
const mostCorrupt = 10_000;
/** How many findings of a check are kept by name; all are counted. */
const mostNamed = 50;

/** What an audit found, in bounded memory however much is wrong: the first of each check are kept by name. */
export class Findings {
  readonly looked = new Map<CheckName, number>();
  readonly counted = new Map<CheckName, number>();
  readonly named: Finding[] = [];
  /** Checks that were not made, with why. */
  readonly notMade = new Map<CheckName, string>();
  /** How many findings were neither kept nor told by name. */
  unnamed = 0;
  readonly #corrupt = new Set<string>();
  readonly #tell: ((finding: Finding) => void) | undefined;

  /** @param tell is given each finding as it is found; then none is kept */
  constructor(tell?: (finding: Finding) => void) {
    this.#tell = tell;
  }

  /** Counts what was looked at. */
  look(check: CheckName, many = 1): void {
    this.looked.set(check, (this.looked.get(check) ?? 0) + many);
  }

  /** Notes something that does not hold. */
  add(check: CheckName, subject: string, says: string): void {
    const many = (this.counted.get(check) ?? 0) + 1;
    this.counted.set(check, many);
    if (this.#tell) this.#tell({ check, subject, says });
    else if (many <= mostNamed) this.named.push({ check, subject, says });
    else this.unnamed += 1;
  }

  /**
   * Does what reads items. One that is corrupt is noted by name, once, and what reads it is passed over.
   * @param check where it is noted
   * @param subject what it is called; by default its entity and key
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

  /** How many things do not hold, of all checks. */
  get total(): number {
    return [...this.counted.values()].reduce((sum, each) => sum + each, 0);
  }
}

/**
 * Checks whose nouns the product does not have yet. When there are ticket types or receipts, their check takes this place.
 */
export const nothingToCheck: Readonly<Partial<Record<CheckName, string>>> = {
  '4 tickets': 'nothing to check: there are no ticket types',
  '6 receipts': 'nothing to check: there are no receipts',
};
