import { escapeMarkup } from '../plot/markup.ts'
import { pageStyle } from './style.ts'

export interface Page {
  readonly title: string
  /** What it has beyond the style of all pages. */
  readonly style: string
  /** Markup. */
  readonly body: string
}

/** No scripts, and nothing from anywhere else: a browser holds the page to it, whatever is written in it. */
const policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"

/** A page of HTML in one file that needs nothing else. */
export function htmlPage({ title, style, body }: Page): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeMarkup(title)}</title>
<style>${pageStyle}${style}</style>
</head>
<body>
${body}
</body>
</html>
`
}
