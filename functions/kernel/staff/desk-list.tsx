import type { Child } from 'hono/jsx';
import { formatDate, formatMonth, formatTime, type Month } from '#platform/clock.ts';
import type { FundName } from './desk-context.ts';
import { deskWords as words } from './desk-form-words.ts';

interface FilterProps {
  /** The page that shows what was chosen. */
  readonly action: string;
  readonly button?: string;
  readonly children: Child;
}

/** What a list is chosen by. */
export function Filter({ action, button = words.filter, children }: FilterProps) {
  return (
    <form class="filter" method="get" action={action}>
      {children}
      <button type="submit" class="quiet small">
        {button}
      </button>
    </form>
  );
}

/** Chooses the month of a list. @param props.months newest first */
export function MonthChoice({
  month,
  months,
  label = words.month,
}: {
  readonly month: Month;
  readonly months: readonly Month[];
  readonly label?: string;
}) {
  return (
    <div class="field">
      <label for="month">{label}</label>
      <select id="month" name="month">
        {months.map((each) => (
          <option value={each} selected={each === month}>
            {formatMonth(each, 'en')}
          </option>
        ))}
      </select>
    </div>
  );
}

/** Chooses the fund of a list. @param props.all what is chosen for all of them; without it one has to be chosen */
export function FundChoice({
  fund,
  funds,
  all,
}: {
  readonly fund: string | undefined;
  readonly funds: readonly FundName[];
  readonly all?: string;
}) {
  return (
    <div class="field">
      <label for="fund">{words.fund}</label>
      <select id="fund" name="fund">
        {all !== undefined && <option value="">{all}</option>}
        {funds.map(({ slug, title }) => (
          <option value={slug} selected={slug === fund}>
            {title}
          </option>
        ))}
      </select>
    </div>
  );
}

interface OlderProps {
  /** The next page of the list; undefined at its end. */
  readonly next: string | undefined;
  /** The month before, to whose list its end leads. */
  readonly earlier?: Month | undefined;
  /** The address of the list of a month. */
  readonly hrefOf?: (month: Month) => string;
}

/** The link to what is older: of the same list, or of the month before. */
export function OlderLink({ next, earlier, hrefOf }: OlderProps) {
  if (next !== undefined) {
    return (
      <a class="button quiet" href={next}>
        {words.next}
      </a>
    );
  }
  if (earlier === undefined || !hrefOf) return null;
  return (
    <a class="button quiet" href={hrefOf(earlier)}>
      {words.earlier(formatMonth(earlier, 'en'))}
    </a>
  );
}

/** The end of the list of a month, with a link to what is older. @param props.at the page of the list */
export function OlderOfMonth({
  at,
  month,
  nextCursor,
  earlier,
}: {
  readonly at: string;
  readonly month: Month;
  readonly nextCursor: string | null;
  readonly earlier: Month | undefined;
}) {
  return (
    <p class="row">
      <OlderLink
        next={nextCursor === null ? undefined : `${at}?month=${month}&cursor=${nextCursor}`}
        earlier={earlier}
        hrefOf={(each) => `${at}?month=${each}`}
      />
    </p>
  );
}

/** A fund's name; its slug where it has none. */
export function fundTitle(slug: string, funds: readonly FundName[]): string {
  return funds.find((fund) => fund.slug === slug)?.title ?? slug;
}

/** `22 November 2026, 20:40`, on Hong Kong's clock. */
export function momentOf(at: Date): string {
  return `${formatDate(at, 'en')}, ${formatTime(at)}`;
}
