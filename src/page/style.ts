/** Style that all pages have: light and dark as the reader's system is, on paper always light. */
export const pageStyle = `
:root { color-scheme: light dark; --ink: #1c2126; --soft: #57606a; --line: #d5dae0; --ground: #ffffff; --panel: #f5f7f9; --warn: #8a3b00; }
@media screen and (prefers-color-scheme: dark) {
  :root { --ink: #e6e9ec; --soft: #a5adb6; --line: #363d45; --ground: #14181c; --panel: #1c2228; --warn: #f5a66b; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
header, main { max-width: 66rem; margin: 0 auto; padding: 0 1.25rem; }
header { padding-top: 2rem; }
main { padding-bottom: 4rem; }
h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 0.25rem; }
h2 { font-size: 1.25rem; margin: 2.75rem 0 0.5rem; padding-top: 0.75rem; border-top: 1px solid var(--line); }
h3 { font-size: 1rem; margin: 1.5rem 0 0.25rem; }
p { margin: 0.5rem 0; max-width: 46rem; }
.soft, caption, figcaption, .interval { color: var(--soft); }
.warn { color: var(--warn); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; margin: 0.75rem 0; font-size: 0.9rem; font-variant-numeric: tabular-nums; }
caption { text-align: left; padding-bottom: 0.35rem; }
th, td { text-align: left; vertical-align: top; padding: 0.35rem 0.75rem 0.35rem 0; border-bottom: 1px solid var(--line); }
thead th { color: var(--soft); font-weight: 600; vertical-align: bottom; }
tbody th { font-weight: 600; }
tbody th.path { font-weight: 400; }
.number { text-align: right; white-space: nowrap; }
.number .interval { display: block; font-size: 0.8rem; }
.number + td:not(.number) { padding-left: 1rem; }
.path { overflow-wrap: anywhere; }
th.path, td.path { min-width: 9rem; }
figure { margin: 0; }
figure svg { display: block; }
figcaption { font-size: 0.875rem; max-width: 30rem; }
figcaption b { display: block; color: var(--ink); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.15rem 1.25rem; font-size: 0.9rem; margin: 0.5rem 0; }
dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; }
dd dl { margin: 0; }
@media (max-width: 40rem) { dl { grid-template-columns: 1fr; } dd { margin: 0 0 0.35rem 1rem; } }
@media print {
  @page { margin: 15mm; }
  :root { font-size: 12px; }
  body { font-size: 1rem; }
  header, main { max-width: none; padding: 0; }
  .scroll { overflow: visible; }
  figure, tr { break-inside: avoid; }
  h2, h3, caption, thead { break-after: avoid; }
}
`
