/** Style of what only this page has. */
export const evaluationStyle = `
.figures { display: grid; grid-template-columns: repeat(auto-fill, minmax(18rem, 1fr)); gap: 0.75rem; margin: 1rem 0; padding: 0; list-style: none; }
.figures li { background: var(--panel); border: 1px solid var(--line); border-radius: 8px; padding: 0.9rem 1rem; }
.figures strong { display: block; font-size: 1.9rem; line-height: 1.2; font-variant-numeric: tabular-nums; }
.figures .name { font-weight: 600; }
.figures p { font-size: 0.875rem; margin: 0.35rem 0 0; }
.plots { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(26rem, 100%), 1fr)); gap: 1.25rem; }
@media print {
  .figures { grid-template-columns: repeat(3, 1fr); }
  .figures li { break-inside: avoid; }
  .plots { grid-template-columns: 1fr 1fr; }
}
`
