/** Twelve levels, an amount of the donor's own, and another one. */
const mostChoices = 14;
/** Of the texts that stand there for each amount, in their order, that of the chosen one. */
const ofChosen = Array.from(
  { length: mostChoices },
  (_, index) => `form:has(.chips>label:nth-of-type(${index + 1}) :checked) .by>:nth-child(${index + 1})`,
).join();
/** Something is typed as another amount: it counts, whatever is chosen. */
const typed = 'form:has(#otherAmount:not(:placeholder-shown))';

/**
 * The style of all pages: system fonts, nothing loaded from elsewhere. Its mark is the weave of the red-white-blue bag in
 * which Hong Kong carries what it cannot leave behind.
 */
export const styles = `
:root{--ink:#1b2440;--soft:#505a75;--paper:#fdf8f1;--card:#fff;--line:#e6dccd;--edge:#7b7f92;--round:.75rem;--red:#b81f31;--red-dark:#8e1323;--blue:#24489b;--sun:#ffc857;--wrong:#a11226;--weave:repeating-linear-gradient(90deg,#c8283ae6 0 4px,#fff0 4px 6px,#24489be6 6px 10px,#fff0 10px 16px),repeating-linear-gradient(#fff 0 2px,#24489b80 2px 5px,#fff 5px 9px,#c8283a80 9px 12px,#fff 12px 16px);color-scheme:light}
*{box-sizing:border-box}
html{font:1.0625rem/1.6 system-ui,-apple-system,"Segoe UI",Roboto,"PingFang HK","Noto Sans HK","Noto Sans CJK HK","Microsoft JhengHei",sans-serif;color:var(--ink);background:var(--paper);-webkit-text-size-adjust:100%;scroll-padding:1rem 0 5.5rem;overflow-wrap:break-word}
:lang(zh){line-height:1.75;font-style:normal}
body{margin:0}
p{margin:.6rem 0;text-wrap:pretty}
a{color:var(--blue);text-underline-offset:.15em}
a:hover{color:var(--red-dark)}
:focus-visible{outline:3px solid var(--blue);outline-offset:3px}
.skip{position:absolute;left:-99rem}
.skip:focus{left:1rem;top:1rem;background:#fff;padding:.75rem 1rem;z-index:3}
.demo{background:var(--sun);text-align:center;padding:.3rem 1rem;font-size:.9rem;font-weight:600}
.weave{height:8px;background:var(--weave)}
.top,main,.foot{max-width:66rem;margin:0 auto;padding:.5rem 1.25rem}
.top{display:flex;flex-wrap:wrap;justify-content:space-between;align-items:center;gap:0 1rem}
.top a{display:inline-flex;align-items:center;gap:.6rem;min-height:44px;font-weight:700;text-decoration:none}
.top a:first-child{color:var(--ink);font-size:1.1rem}
h1,h2,h3{line-height:1.25;text-wrap:balance}
h1{font-size:clamp(1.8rem,5.5vw,2.7rem);font-weight:800;letter-spacing:-.01em;margin:.75rem 0 .5rem}
:lang(zh) h1{letter-spacing:.02em}
h2{font-size:1.3rem;margin:2rem 0 .75rem}
.card>h2:first-child,.card>h1:first-child{margin-top:0}
h3{font-size:1rem;margin:0 0 .35rem;color:var(--ink)}
.lead{font-size:1.15rem;color:var(--soft);margin:.25rem 0 1.25rem;max-width:44rem}
.hero{width:100%;height:auto;display:block;background:#ffe0b8}
.photo{aspect-ratio:16/9;object-fit:cover}
figure{margin:0;border-radius:var(--round);overflow:hidden;padding-bottom:8px;background:var(--weave) bottom/auto 16px}
.cards{display:grid;grid-template-columns:minmax(0,1fr);gap:1.5rem;padding:0;margin:1rem 0;list-style:none}
.card{background:var(--card);border:1px solid var(--line);border-radius:var(--round);box-shadow:0 1px 2px #1b244012,0 8px 24px #1b24400f;padding:1.25rem}
.aim{display:inline-block}
.measure,.narrow{max-width:44rem}.narrow{margin-inline:auto}
.up{margin:0}
.up a{display:inline-block;padding:.5rem 0}
.up a::before{content:"‹ " / ""}
.card>h1{font-size:clamp(1.6rem,5vw,2.1rem)}
.tile{background:var(--card);border:1px solid var(--line);border-radius:var(--round);overflow:hidden;display:flex;flex-direction:column}
.tile>div{padding:1rem 1.25rem 1.25rem;display:flex;flex-direction:column;flex:1}
.tile .progress{margin-top:auto}
.tile h2{margin:0}
.tile h2 a{color:inherit;text-decoration:none;display:block;padding:.55rem 0}
.tile h2 a:hover{text-decoration:underline}
.badge{align-self:flex-start;background:var(--sun);font-weight:700;font-size:.88rem;padding:.1rem .6rem;margin:.25rem 0}
.bar{height:16px;background:var(--weave);border:1px solid var(--ink);border-radius:8px;overflow:hidden;margin:.5rem 0;print-color-adjust:exact}
.bar svg{display:block;width:100%;height:100%}
.bar rect{fill:#fff}
.big{font-size:1.75rem;font-weight:800;line-height:1.2}
.figures{display:grid;grid-template-columns:1fr 1fr;gap:.75rem 1.25rem;margin:1rem 0}
.figures div{border-top:2px dashed var(--blue);padding-top:.4rem}
.figures dt{font-size:.88rem;color:var(--soft);line-height:1.35}
.figures dd{margin:0;font-weight:700}
.facts{margin:1rem 0;border-top:1px solid var(--line)}.facts div{display:grid;grid-template-columns:minmax(0,2fr) minmax(0,3fr);gap:0 1rem;padding:.5rem 0;border-bottom:1px solid var(--line)}.facts dt{color:var(--soft)}.facts dd{margin:0;font-weight:600}
.note{color:var(--soft);font-size:.92rem}
.notice{border-left:6px solid var(--sun);border-radius:var(--round);background:#fff4d8;padding:.75rem 1rem;margin:0 0 1rem}
.notice p{margin:.2rem 0}
form{display:grid;gap:1rem}
fieldset{border:0;padding:0;margin:0;min-width:0;display:grid;gap:.6rem}
legend{font-weight:700;font-size:1.05rem;padding:0;margin-bottom:.5rem}
.none{position:absolute;left:-99rem}
.chips{display:grid;grid-template-columns:repeat(auto-fit,minmax(8rem,1fr));gap:.6rem}
.chip{position:relative;display:grid;align-content:start;border:1px solid var(--edge);border-radius:var(--round);padding:.5rem .75rem;min-height:48px;cursor:pointer;background:#fff;line-height:1.3}
.chip strong{font-size:1.15rem}
.chip span{font-size:.85rem;color:var(--soft);overflow-wrap:anywhere}
.chip:hover{border-color:var(--blue)}
.chip input{position:absolute;inset:0;width:100%;height:100%;opacity:0;cursor:pointer}
.chip:has(:checked){border-color:var(--blue);box-shadow:inset 0 0 0 2px var(--blue);background:#eef3ff}
.chip:has(:focus-visible){outline:3px solid var(--blue);outline-offset:2px}
.own{grid-column:1/-1;display:grid;grid-template-columns:minmax(0,2fr) minmax(0,3fr);gap:.4rem .6rem;align-items:end}
.own .chip{align-content:center;min-height:52px}
.own .chip strong{font-size:1rem}
.own>.note{grid-column:1/-1}.own i{font-style:normal}.own b{display:none}
.cash{position:relative}.cash::after{content:"HK$" / "";position:absolute;left:.8rem;bottom:0;line-height:52px;color:var(--soft)}.field.cash input{padding-left:3.4rem;min-height:52px}
.field .note,.field+.note,form>div>.note{font-size:.85rem;line-height:1.5}
.by>*{display:block}.by i{font-style:normal;font-weight:400}
.sums>*,.sums i{display:none}.sums>:last-child{display:inline}
@supports selector(:has(*)){.by>*,.by>:last-child,.covers i{display:none}${ofChosen},form:has([value=other]:checked) .by>:last-child{display:inline}${typed} .by>*{display:none!important}${typed} .by>:last-child{display:inline!important}form:has([name^=cov]:checked) .sums b{display:none}form:has([name^=cov]:checked) .sums i{display:inline;font-weight:700}${typed} .chip{border-color:var(--line);box-shadow:none;background:none}${typed} .chips>.chip{border-style:dashed;color:var(--soft)}${typed} .chips>.chip input{cursor:default}${typed} .chips>.chip strong{font-weight:400}${typed} .own b{display:block;color:var(--ink)}${typed} .own i{display:none}${typed} #otherAmount{border-color:var(--blue);box-shadow:inset 0 0 0 2px var(--blue);background:#eef3ff}}
label.choice{display:flex;gap:.75rem;align-items:flex-start;padding:.25rem 0;min-height:44px;cursor:pointer;line-height:1.4}
label.choice span{min-width:0;overflow-wrap:anywhere}
input[type=checkbox],.choice input{width:1.5rem;height:1.5rem;margin:0;accent-color:var(--blue);flex:none}
.field{display:grid;gap:.25rem}
.field>label{font-weight:600}
.field input,.field select,.field textarea{font:inherit;padding:.6rem .8rem;min-height:48px;border:1px solid var(--edge);border-radius:var(--round);background:#fff;color:inherit;width:100%}
[aria-invalid=true]{border:2px solid var(--wrong)!important}
.wrong{color:var(--wrong);font-weight:600;margin:0}
.errors{border:2px solid var(--wrong);border-radius:var(--round);background:#fff;padding:1rem 1.25rem;margin-bottom:1rem}
.errors ul{margin:0;padding-left:1.2rem}
.errors li{margin:.5rem 0}
.errors a{color:var(--wrong);padding:.3rem 0}
button,.button{font:inherit;font-weight:700;background:var(--red);color:#fff;border:0;border-radius:var(--round);padding:.75rem 1.5rem;min-height:52px;cursor:pointer;text-decoration:none;display:inline-flex;align-items:center;justify-content:center;text-align:center}
form button{width:100%;font-size:1.15rem}
button:hover,.button:hover{background:var(--red-dark);color:#fff}
button:focus-visible,.button:focus-visible{outline-color:var(--ink)}
.quiet{background:#fff;color:var(--blue);box-shadow:inset 0 0 0 2px var(--blue)}
.quiet:hover{background:#eef3ff;color:var(--blue)}
.row{display:flex;flex-wrap:wrap;gap:.75rem;margin:.5rem 0;padding:0;list-style:none}
.copy{user-select:all;-webkit-user-select:all;overflow-wrap:anywhere;color:var(--ink)}
.stick{position:sticky;bottom:0;margin:1.25rem -1.25rem 0;padding:.6rem 1.25rem;background:var(--paper);border-top:1px solid var(--line);z-index:2}
.stick a{display:flex}
details summary{cursor:pointer;min-height:44px;display:flow-root list-item;padding:.6rem 0;color:var(--blue);font-weight:600}
.more{border-block:1px solid var(--line)}
.more[open]{padding-bottom:1rem}
.about{border-top:1px solid var(--line);margin-top:1rem;padding-top:.5rem}
.safe{display:flex;gap:.6rem;color:var(--ink)}.safe svg{flex:none;margin-top:.2rem;fill:#1c7a4a}
.about ul,.sources{padding-left:1.15rem;margin:.4rem 0}
.about li,.sources li{margin:.35rem 0}
.ask a{display:inline-block;padding:.5rem .75rem .5rem 0}form .ask{margin:0}
.gifts{list-style:none;padding:0;margin:0}
.gifts li{border-bottom:1px solid var(--line);padding:.7rem 0}
.gifts header{display:flex;justify-content:space-between;gap:1rem}
.gifts b,.gifts blockquote{overflow-wrap:anywhere;overflow:clip;overflow-clip-margin:.5em}.gifts b{min-width:0}
.gifts time{color:var(--soft);font-size:.88rem}
.gifts blockquote{margin:.25rem 0 0;padding-left:.8rem;border-left:3px solid var(--sun);white-space:pre-line}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums;margin:.5rem 0}
caption,th{text-align:left;font-weight:600}
thead th{font-size:.88rem;color:var(--soft)}
th,td{padding:.45rem .5rem .45rem 0;border-bottom:1px solid var(--line);vertical-align:top}
td,thead th+th{text-align:right}
tfoot{font-weight:800}
.scroll{overflow-x:auto}
.chart{max-width:32rem}
.foot{color:var(--soft);font-size:.9rem;border-top:1px solid var(--line);margin-top:2.5rem;padding-bottom:2rem}
.foot a{display:inline-block;padding:.7rem 0}.foot nav{gap:0 1.25rem}
.address{display:none}
@media(min-width:56rem){html{scroll-padding-bottom:1rem}.split{display:grid;grid-template:auto auto 1fr/minmax(0,1.15fr) minmax(0,1fr);gap:0 3rem}.split>*{grid-column:1}.split>.give{grid-area:1/2/4/3;align-self:start}.stick{display:none}.wide .gifts{display:grid;grid-template-columns:1fr 1fr;gap:0 3rem}.cards{grid-template-columns:repeat(2,minmax(0,1fr))}}
@media(max-width:55.99rem){.scroll{font-size:.84rem}.split>section{margin-bottom:2rem}.split>section:has(>.stick){margin-bottom:0}.stick{margin-top:.75rem}.split figure{margin:0 -1.25rem;border-radius:0}.split>section:first-child{margin-bottom:1rem}.give{margin:0 -.75rem 2rem}h1{margin-top:.25rem}.lead{margin-bottom:.75rem}}
@media(prefers-reduced-motion:no-preference){html{scroll-behavior:smooth}}
@media(forced-colors:active){button,.button{border:2px solid}.bar{forced-color-adjust:none;background:Highlight;border-color:CanvasText}.bar rect{fill:Canvas}.chip:has(:checked){outline:3px solid Highlight}${typed} .chip{outline:0}}
@media print{html{font-size:11pt;background:#fff}.top a:last-child,form,.give:has(form)>h2,.errors,.button,.stick,.share,.skip,.up{display:none}.address{display:block}.card{border:0;padding:0}.split figure,.give{margin:0 0 1rem;padding:0;background:none}.give{margin-top:1.5rem}.hero{max-height:7cm;width:auto}a{color:inherit}h2,li{break-inside:avoid;break-after:avoid-page}}
`;
