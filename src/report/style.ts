/** Style of what only this page has. */
export const reportStyle = `
:root {
  --fake: #b3261e; --real: #00695c; --uncertain: #845400; --no-face: #57606a; --on: #ffffff;
  --evidence: #c44f00; --skin: #ffffff;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --fake: #ff8a80; --real: #4fd1b5; --uncertain: #f0b94a; --no-face: #a5adb6; --on: #14181c;
    --evidence: #f58a3c; --skin: #14181c;
  }
}
.fake { --verdict: var(--fake); }
.real { --verdict: var(--real); }
.uncertain { --verdict: var(--uncertain); }
.no-face { --verdict: var(--no-face); }
main, svg { print-color-adjust: exact; }
h1 { overflow-wrap: anywhere; }
h4 { font-size: 0.95rem; margin: 1rem 0 0.5rem; }
ul { margin: 0.5rem 0; padding-left: 1.25rem; max-width: 46rem; }
li { margin: 0.25rem 0; }
a { color: inherit; }
img { display: block; max-width: 100%; height: auto; }
.stills { position: absolute; }
.still { display: block; width: 100%; overflow: hidden; }
.note { font-size: 0.875rem; }

.icon .shape { fill: var(--verdict); }
.icon .mark { fill: none; stroke: var(--on); stroke-width: 5; stroke-linecap: round; stroke-linejoin: round; }
.verdict { display: flex; align-items: center; gap: 0.6rem; margin: 0; color: var(--verdict); font-size: 1.15rem; }
.answer { margin-top: 1.25rem; padding: 1.5rem; background: var(--panel); border: 1px solid var(--line); border-left: 8px solid var(--verdict); border-radius: 8px; }
.head { display: flex; justify-content: space-between; gap: 1.5rem; }
.head .still { width: 9.5rem; flex: none; border-radius: 8px; align-self: start; }
.head .verdict { font-size: 2.25rem; line-height: 1; text-transform: uppercase; letter-spacing: 0.02em; }
.answer h2 { margin: 1rem 0 0; padding: 0; border: 0; }
.answer h3 { margin-top: 1rem; }
.answer .plot { background: none; }
.scale-title { font-weight: 600; margin: 1.25rem 0 0.25rem; }
.faces { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(15rem, 100%), 1fr)); gap: 0.75rem; list-style: none; padding: 0; margin: 1.25rem 0 0; max-width: none; }
.faces li { margin: 0; }
.faces a { display: flex; gap: 0.75rem; align-items: center; padding: 0.5rem; border: 1px solid var(--line); border-radius: 8px; background: var(--ground); text-decoration: none; }
.faces a:hover strong { text-decoration: underline; }
.faces a > span > * { display: flex; gap: 0.35rem; font-size: 0.9rem; }
.faces .still { border-radius: 4px; width: 72px; flex: none; }

.scale { padding: 0 9px; }
.zone { fill: var(--verdict); fill-opacity: 0.22; }
.edge { stroke: var(--plot-soft); stroke-width: 1.5; }
.plot .pointer { fill: var(--plot-ink); stroke: var(--plot-ink); stroke-width: 2; }
.plot .pointer.hollow { fill: var(--plot-ground); }
.pointer text { fill: var(--plot-ink); stroke: none; font-size: 15px; font-weight: 700; }

.face-answer { display: grid; grid-template-columns: 200px 1fr; gap: 1.75rem; margin-top: 1rem; }
.face-answer > div { min-width: 0; }
.face dl { grid-template-columns: max-content 1fr max-content 1fr; }
.portrait .still { border-radius: 8px; }
.timeline { padding: 8px 56px 0 48px; }
.clip { fill: var(--verdict); fill-opacity: 0.35; }
.lid { fill: var(--verdict); }
.snippet { fill: var(--plot-ink); stroke: var(--plot-ground); stroke-width: 1.5; }
.timeline .reference { stroke-dasharray: 4 4; }
.presence { stroke: var(--plot-soft); stroke-width: 4; }
details { font-size: 0.9rem; }
summary { cursor: pointer; color: var(--soft); }

.moments { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(19rem, 100%), 1fr)); gap: 1.25rem; margin-top: 0.75rem; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 3px; border-radius: 8px; overflow: hidden; }
.pair img { width: 100%; }
.heat-legend { display: flex; flex-wrap: wrap; align-items: center; gap: 0.5rem; font-size: 0.875rem; }
.columns { display: grid; grid-template-columns: 1fr 1fr; gap: 2rem; margin-top: 1rem; }
.regions { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(15rem, 100%), 1fr)); gap: 1.25rem; align-items: start; }
.regions .plot { max-width: 12rem; }
.part { fill: var(--evidence); stroke: var(--plot-soft); stroke-width: 0.75; }
.skin { fill: var(--skin); }
.features { fill: none; stroke: var(--plot-soft); stroke-width: 1.5; stroke-linejoin: round; }
.bars { margin: 0; }
.bars td:nth-child(2) { width: 100%; }
.bars :is(th, td) { vertical-align: middle; padding-block: 0.2rem; }
.bars .bar { height: 0.8rem; min-width: 1px; background: var(--evidence); border-radius: 2px; }
.relations .veil { fill: #000; fill-opacity: 0.45; }
.relations .edge { fill: none; stroke: #9bdcff; stroke-opacity: 0.8; }
.relations .vertex { fill: #ffd24d; fill-opacity: 0.85; stroke: #1c2126; }
.relations text { fill: #1c2126; font-weight: 700; }
code { font-size: 0.85em; overflow-wrap: anywhere; }

@media (max-width: 44rem) {
  .face-answer, .columns, .face dl { grid-template-columns: minmax(0, 1fr); }
  .portrait, .regions .plot { max-width: 200px; }
  .answer { padding: 1rem; }
  .head { gap: 0.75rem; }
  .head .still { width: 5.5rem; }
  .head .verdict { font-size: 1.6rem; }
}
@media print {
  @page { @bottom-right { content: counter(page) ' / ' counter(pages); font: 9px system-ui, sans-serif; color: #57606a; } }
  /* Together with the sizes below: a face fits on one page, of A4 and of Letter. */
  .face { break-before: page; zoom: 0.9; }
  .answer, .columns, .timeline, li { break-inside: avoid; }
  h2 { margin-top: 1.5rem; }
  .face h2 { margin-top: 0; border-top: 0; padding-top: 0; }
  .face-answer { grid-template-columns: 150px 1fr; }
  .face h3 { margin-top: 1rem; }
  details { display: none; }
  p, ul { max-width: none; }
  .moments { grid-template-columns: 1fr 1fr 1fr; gap: 0.75rem; }
  .columns .plot { max-height: 175px; width: auto; }
  .regions { grid-template-columns: 6.5rem minmax(0, 1fr); }
  .columns h4 { margin-top: 0.25rem; }
  .face + section:not(.face) { break-before: page; }
}
`
