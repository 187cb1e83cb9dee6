import { styleText } from 'node:util'

export type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow'

/** What the place that text goes to can show. */
export interface Terminal {
  /** Characters in a line. */
  readonly columns: number
  /** Whether block characters can be counted on; else ASCII. */
  readonly blocks: boolean
  /** The text in these styles where there are any, else as it is. */
  paint(styles: readonly Style[], text: string): string
}

/** What stdout shows, by what it is and by NO_COLOR, FORCE_COLOR and the locale of the environment. */
export function terminalOf(stream: NodeJS.WriteStream = process.stdout, env = process.env): Terminal {
  return {
    columns: stream.columns || 80,
    blocks: stream.isTTY === true && isUtf8(env),
    paint: (styles, text) => styleText([...styles], text, { stream }),
  }
}

function isUtf8({ LC_ALL, LC_CTYPE, LANG, WT_SESSION, TERM_PROGRAM }: NodeJS.ProcessEnv): boolean {
  if (process.platform === 'win32') return WT_SESSION !== undefined || TERM_PROGRAM === 'vscode'
  return /utf-?8/i.test(LC_ALL || LC_CTYPE || LANG || '')
}
