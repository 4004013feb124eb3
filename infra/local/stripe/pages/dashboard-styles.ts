/** The look of the local Stripe's list page. */
export const dashboardStyles = `
:root { color-scheme: light; font-family: system-ui, "PingFang HK", "Noto Sans HK", sans-serif; color: #1c2b33; --line: #dde5e8; --soft: #4a5d66; --green: #0d6b57; }
* { box-sizing: border-box; }
body { margin: 0; background: #f3f6f7; line-height: 1.45; font-size: .9rem; }
.demonstration { background: #7a3e00; color: #fff; text-align: center; padding: .5rem 1rem; font-weight: 600; }
main { max-width: 78rem; margin: 0 auto; padding: 1.25rem 1rem 4rem; }
h1 { font-size: 1.4rem; margin: 0; } h2 { font-size: 1.05rem; margin: 0; }
nav { display: flex; flex-wrap: wrap; gap: .35rem .9rem; margin: .75rem 0 1rem; }
a { color: var(--green); } :focus-visible { outline: 3px solid #f0a202; outline-offset: 2px; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr)); gap: .75rem; margin-bottom: 1rem; }
.tile, section { background: #fff; border: 1px solid var(--line); border-radius: .6rem; }
.tile { padding: .7rem .9rem; } .tile b { display: block; font-size: 1.25rem; } .tile span { color: var(--soft); }
.tile.holding { background: #fff4dd; border-color: #e0b355; }
section { margin-bottom: 1rem; scroll-margin-top: 1rem; }
.head { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: center; gap: .5rem; padding: .8rem .9rem; }
.count { color: var(--soft); font-weight: 400; } .empty { margin: 0; padding: 0 .9rem .9rem; color: var(--soft); }
.scroll { overflow-x: auto; } table { border-collapse: collapse; width: 100%; }
th { color: var(--soft); font-weight: 600; font-size: .8rem; }
th, td { text-align: left; padding: .45rem .9rem; border-top: 1px solid var(--line); vertical-align: top; }
td.id { font-family: ui-monospace, Menlo, Consolas, monospace; font-size: .78rem; overflow-wrap: anywhere; min-width: 11rem; }
td.amount { white-space: nowrap; font-variant-numeric: tabular-nums; } time { white-space: nowrap; }
.badge { display: inline-block; padding: .05rem .5rem; border-radius: 1rem; font-size: .8rem; white-space: nowrap; background: #e8edf0; }
.badge.good { background: #d9f2e6; color: #064c37; } .badge.bad { background: #fbe0dd; color: #86170c; } .badge.open { background: #fdf0cf; color: #5c4200; }
form { display: inline-flex; align-items: center; gap: .3rem; margin: 0 .3rem .3rem 0; }
button { font: inherit; font-size: .8rem; font-weight: 600; min-height: 1.9rem; padding: .2rem .7rem; border: 1px solid var(--green); border-radius: .4rem; background: var(--green); color: #fff; cursor: pointer; }
button.quiet { background: #fff; color: #1c2b33; border-color: #9fb0b8; } button.quiet:hover { background: #eef3f4; }
input[type=number] { font: inherit; font-size: .8rem; width: 6.5rem; padding: .2rem .4rem; border: 1px solid #9fb0b8; border-radius: .4rem; }
ol.tries { list-style: none; margin: 0; padding: 0; } .soft { color: var(--soft); } dl.cards { display: grid; grid-template-columns: auto 1fr; gap: .2rem .9rem; margin: 0; padding: 0 .9rem .9rem; }
dl.cards dt { font-family: ui-monospace, Menlo, Consolas, monospace; white-space: nowrap; } dl.cards dd { margin: 0; }
@media (max-width: 46rem) {
  thead { display: block; position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  table, tbody, tr, td { display: block; } tr { border-top: 1px solid var(--line); padding: .6rem .9rem; }
  td { border: 0; padding: .15rem 0; display: grid; grid-template-columns: 6.5rem 1fr; gap: .5rem; justify-items: start; align-items: baseline; }
  td::before { content: attr(data-label); color: var(--soft); font-family: system-ui, sans-serif; font-size: .8rem; }
  td.actions { display: block; padding-top: .4rem; } td.actions::before { content: none; } td:empty { display: none; }
  button { min-height: 2.4rem; } input[type=number] { min-height: 2.4rem; } dl.cards { grid-template-columns: 1fr; } dl.cards dd { margin-bottom: .4rem; }
}
`;
