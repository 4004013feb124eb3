/** The style of all pages: system fonts, one warm colour, nothing loaded from elsewhere. */
export const styles = `
:root{--ink:#26211c;--soft:#6a5f54;--paper:#fffdf9;--card:#fff;--line:#e6dccd;--warm:#b3431f;--warm-dark:#8f3216;--sun:#f5c26b;color-scheme:light}
*{box-sizing:border-box}
html{font:17px/1.6 system-ui,-apple-system,"Segoe UI","PingFang HK","Noto Sans HK","Noto Sans CJK TC","Microsoft JhengHei",sans-serif;color:var(--ink);background:var(--paper)}
body{margin:0}
a{color:var(--warm-dark)}
:focus-visible{outline:3px solid var(--warm);outline-offset:2px}
.demo{background:var(--ink);color:#fff;text-align:center;padding:.35rem 1rem;font-size:.9rem}
.top,main,.foot{max-width:60rem;margin:0 auto;padding:1rem 1.25rem}
.top{display:flex;justify-content:space-between;align-items:center}
.top a{display:inline-block;padding:.5rem 0;font-weight:600;text-decoration:none}
h1{font-size:clamp(1.7rem,5vw,2.5rem);line-height:1.2;margin:.5rem 0}
h2{font-size:1.25rem;margin:0 0 .75rem}
.lead{font-size:1.1rem;color:var(--soft);margin:.25rem 0 1.25rem}
.hero{width:100%;height:auto;border-radius:1rem;display:block}
.cards{display:grid;gap:1.25rem;padding:0;list-style:none}
.card{background:var(--card);border:1px solid var(--line);border-radius:1rem;padding:1.25rem}
.card h2 a{color:inherit}
.bar{height:.9rem;background:#f0e7da;border-radius:1rem;overflow:hidden;margin:.5rem 0}
.bar svg{display:block;width:100%;height:100%}
.big{font-size:1.5rem;font-weight:700}
.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(9rem,1fr));gap:.75rem;margin:1rem 0}
.figures div{border-top:2px solid var(--sun);padding-top:.35rem}
.figures dt{font-size:.85rem;color:var(--soft)}
.figures dd{margin:0;font-weight:700}
.note{color:var(--soft);font-size:.9rem}
form{display:grid;gap:1rem}
fieldset{border:0;padding:0;margin:0;display:grid;gap:.5rem}
legend{font-weight:700;padding:0;margin-bottom:.35rem}
label.choice{display:flex;gap:.75rem;align-items:center;border:1px solid var(--line);border-radius:.75rem;padding:.75rem 1rem;min-height:44px;cursor:pointer}
label.choice:has(:checked){border-color:var(--warm);box-shadow:inset 0 0 0 1px var(--warm);background:#fff6ee}
label.choice strong{white-space:nowrap}
input[type=radio],input[type=checkbox]{width:1.35rem;height:1.35rem;accent-color:var(--warm);flex:none}
.field{display:grid;gap:.25rem}
.field>label{font-weight:600}
.field input,.field textarea{font:inherit;padding:.65rem .8rem;border:1px solid #b9ab99;border-radius:.6rem;background:#fff;color:inherit;width:100%}
.wrong{color:#9b1c1c;font-weight:600}
.errors{border:2px solid #9b1c1c;border-radius:.75rem;padding:1rem}
button,.button{font:inherit;font-weight:700;background:var(--warm);color:#fff;border:0;border-radius:.75rem;padding:.85rem 1.5rem;min-height:48px;cursor:pointer;text-decoration:none;display:inline-block;text-align:center}
button:hover,.button:hover{background:var(--warm-dark)}
.gifts{list-style:none;padding:0;margin:0}
.gifts li{display:flex;justify-content:space-between;gap:1rem;border-bottom:1px solid var(--line);padding:.6rem 0}
.gifts time{color:var(--soft);font-size:.85rem;display:block}
.foot{color:var(--soft);font-size:.85rem;border-top:1px solid var(--line);margin-top:2rem}
@media(min-width:54rem){.split{display:grid;grid-template-columns:1.1fr 1fr;gap:2.5rem;align-items:start}.cards{grid-template-columns:1fr 1fr}}
@media print{.top,form,.demo{display:none}}
`;
