import type { CSSProperties } from 'react';

const fonts =
  '-apple-system, BlinkMacSystemFont, Segoe UI, Roboto, Helvetica Neue, PingFang HK, Microsoft JhengHei, Noto Sans CJK HK, Noto Sans TC, Arial, sans-serif';

/** Inline styles, because several mail programs drop style sheets. The site's colours; text contrast is at least 6:1. */
export const styles = {
  page: { margin: 0, padding: '24px 12px', backgroundColor: '#fdf8f1', fontFamily: fonts },
  card: {
    maxWidth: '600px',
    margin: '0 auto',
    backgroundColor: '#ffffff',
    border: '1px solid #ddd3c4',
    borderTop: '4px solid #24489b',
    overflowWrap: 'anywhere',
  },
  band: { padding: '24px 32px 0' },
  sender: { margin: 0, fontSize: '15px', lineHeight: '24px', fontWeight: 700, color: '#24489b' },
  content: { padding: '8px 32px 8px' },
  heading: { margin: '8px 0 16px', fontSize: '28px', lineHeight: '36px', fontWeight: 700, color: '#1b2440' },
  text: { margin: '0 0 16px', fontSize: '17px', lineHeight: '27px', color: '#1b2440' },
  panel: {
    margin: '8px 0 24px',
    padding: '20px 24px',
    backgroundColor: '#fff4d8',
    borderLeft: '6px solid #ffc857',
  },
  amount: { margin: 0, fontSize: '30px', lineHeight: '40px', fontWeight: 800, color: '#1b2440' },
  detail: { margin: '4px 0 0', fontSize: '16px', lineHeight: '24px', color: '#1b2440' },
  bar: { width: '100%', margin: '0 0 12px', borderCollapse: 'collapse' },
  barCell: { height: '14px', padding: 0, fontSize: '1px', lineHeight: '14px' },
  facts: { width: '100%', margin: '8px 0 16px', borderCollapse: 'collapse' },
  label: {
    width: '38%',
    padding: '8px 12px 8px 0',
    borderTop: '1px solid #ddd3c4',
    textAlign: 'left',
    verticalAlign: 'top',
    fontSize: '15px',
    lineHeight: '22px',
    fontWeight: 400,
    color: '#505a75',
  },
  fact: {
    padding: '8px 0',
    borderTop: '1px solid #ddd3c4',
    verticalAlign: 'top',
    fontSize: '15px',
    lineHeight: '22px',
    color: '#1b2440',
    wordBreak: 'break-word',
  },
  note: { margin: '0 0 16px', fontSize: '15px', lineHeight: '24px', color: '#505a75' },
  action: { margin: '0 0 16px' },
  button: {
    padding: '14px 24px',
    backgroundColor: '#b81f31',
    fontSize: '17px',
    lineHeight: '24px',
    fontWeight: 600,
    color: '#ffffff',
    textDecoration: 'none',
  },
  link: { color: '#24489b', textDecoration: 'underline' },
  footer: { padding: '0 32px 24px' },
  rule: { margin: '8px 0 16px', border: 'none', borderTop: '1px solid #ddd3c4' },
  quiet: { margin: 0, fontSize: '14px', lineHeight: '22px', color: '#505a75' },
} as const satisfies Record<string, CSSProperties>;

/** Colours for readers in dark mode; `!important` because the styles above are inline. */
export const darkMode = `
:root { color-scheme: light dark; }
@media (prefers-color-scheme: dark) {
  .page, .page td { background-color: #10162a !important; }
  .card, .card td { background-color: #1b2440 !important; }
  .card { border-color: #4a5578 !important; }
  .panel, .panel td { background-color: #2a3557 !important; }
  .ink { color: #f4f1ea !important; }
  .sender, .accent { color: #ffc857 !important; }
  .quiet { color: #c9cede !important; }
  .card td.bar-before { background-color: #8fa8e8 !important; }
  .card td.bar-gift { background-color: #ffc857 !important; }
  .card td.bar-rest { background-color: #3b466b !important; }
  .rule { border-top-color: #4a5578 !important; }
  .button { background-color: #ffc857 !important; color: #1b2440 !important; }
}
`;
