const pages = [
  ['/staff/funds', 'The month'],
  ['/staff/entries', 'Enter something'],
  ['/staff/accounts', 'Accounts'],
  ['/staff/payouts', 'Payouts'],
  ['/staff/differences', 'Differences with Stripe'],
  ['/staff/months', 'Months'],
  ['/staff/exports', 'Spreadsheets'],
] as const;

/** The way from one page of the money to another. @param props.at the page that they stand on */
export function MoneyLinks({ at }: { readonly at: (typeof pages)[number][0] }) {
  return (
    <nav class="acts" aria-label="Pages of the money">
      {pages.map(([path, title]) => (
        <a class="button quiet small" href={path} {...(path === at && { 'aria-current': 'page' as const })}>
          {title}
        </a>
      ))}
    </nav>
  );
}
