import type { CSSProperties } from 'react';

const fonts =
  '-apple-system, BlinkMacSystemFont, Segoe UI, Roboto, Helvetica Neue, PingFang HK, Microsoft JhengHei, Noto Sans CJK HK, Noto Sans TC, Arial, sans-serif';

/** Inline styles, because several mail programs drop style sheets. Text contrast is at least 7:1. */
export const styles = {
  page: { margin: 0, padding: '24px 12px', backgroundColor: '#f3efe7', fontFamily: fonts },
  card: {
    maxWidth: '600px',
    margin: '0 auto',
    backgroundColor: '#ffffff',
    borderRadius: '12px',
    overflow: 'hidden',
    overflowWrap: 'anywhere',
  },
  band: { padding: '24px 32px 0' },
  sender: { margin: 0, fontSize: '15px', lineHeight: '24px', fontWeight: 600, color: '#0b5a54' },
  content: { padding: '8px 32px 8px' },
  heading: { margin: '8px 0 16px', fontSize: '28px', lineHeight: '36px', fontWeight: 700, color: '#1d2524' },
  text: { margin: '0 0 16px', fontSize: '17px', lineHeight: '27px', color: '#1d2524' },
  panel: {
    margin: '8px 0 24px',
    padding: '20px 24px',
    backgroundColor: '#e8f3f1',
    borderRadius: '10px',
  },
  amount: { margin: 0, fontSize: '34px', lineHeight: '42px', fontWeight: 700, color: '#0b5a54' },
  detail: { margin: '4px 0 0', fontSize: '16px', lineHeight: '24px', color: '#1d2524' },
  action: { margin: '0 0 16px' },
  button: {
    padding: '14px 24px',
    backgroundColor: '#0b5a54',
    borderRadius: '8px',
    fontSize: '17px',
    lineHeight: '24px',
    fontWeight: 600,
    color: '#ffffff',
    textDecoration: 'none',
  },
  link: { color: '#0b5a54', textDecoration: 'underline' },
  footer: { padding: '0 32px 24px' },
  rule: { margin: '8px 0 16px', border: 'none', borderTop: '1px solid #d8d3c8' },
  quiet: { margin: 0, fontSize: '14px', lineHeight: '22px', color: '#4a5453' },
} as const satisfies Record<string, CSSProperties>;

/** Colours for readers in dark mode; `!important` because the styles above are inline. */
export const darkMode = `
:root { color-scheme: light dark; }
@media (prefers-color-scheme: dark) {
  .page, .page td { background-color: #141918 !important; }
  .card, .card td { background-color: #1e2524 !important; }
  .panel, .panel td { background-color: #123531 !important; }
  .ink { color: #f1f4f3 !important; }
  .sender, .accent { color: #8fdcd2 !important; }
  .quiet { color: #c3cccb !important; }
  .rule { border-top-color: #465150 !important; }
  .button { background-color: #8fdcd2 !important; color: #0d1e1c !important; }
}
`;
