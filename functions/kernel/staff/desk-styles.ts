import { styles } from '#platform/web/styles.ts';

/** The style of the desk: the site's own, with what lists, navigation and small buttons need. */
export const deskStyles = `${styles}
.desk{display:flex;justify-content:flex-start;flex-wrap:wrap;gap:0 1.25rem}
.desk a{display:inline-flex;align-items:center;min-height:44px}
.desk a:first-child{color:var(--blue);font-size:inherit}
.desk a[aria-current]{color:var(--ink);font-weight:700;text-decoration-thickness:3px}
.who{display:flex;flex-wrap:wrap;align-items:center;gap:.25rem .75rem;color:var(--soft);font-size:.92rem}
.who form{display:block}
.who a{display:inline-flex;align-items:center;min-height:44px;color:inherit;text-decoration:underline}
form .small,.small{width:auto;min-height:44px;padding:.4rem 1rem;font-size:1rem}
.filter{display:flex;flex-wrap:wrap;gap:.75rem;align-items:end}
.filter .field{flex:1 1 10rem}
.field select{font:inherit;padding:.6rem .8rem;min-height:48px;border:1px solid var(--edge);border-radius:var(--round);background:#fff;color:inherit;width:100%}
.gifts header a{display:inline-block;min-height:24px;font-weight:700;overflow-wrap:anywhere}
.gifts p{margin:.15rem 0}
.gifts.open li{padding:1rem 0}
.sum{white-space:nowrap;font-weight:700;font-variant-numeric:tabular-nums}
.text{text-align:left}
.lines{min-width:46rem}
.lines .note{display:block;font-weight:400}
.lines thead th:nth-child(-n+3){text-align:left}
.scroll th[scope=row]{min-width:8rem}
.acts a[aria-current]{background:var(--ink);color:#fff;border-color:var(--ink)}
.done{border-left-color:#1c7a4a;background:#e9f6ee}
.id{font-family:ui-monospace,monospace;font-size:.85rem;overflow-wrap:anywhere;user-select:all}
.acts{display:flex;flex-wrap:wrap;gap:.75rem;margin:1rem 0}
.acts form{display:block}
.beside{display:grid;gap:1rem}@media(min-width:56rem){.beside{grid-auto-flow:column;grid-auto-columns:minmax(0,1fr);align-items:end}}
`;
