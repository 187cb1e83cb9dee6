import { columns, manifestError, type Row } from './rows.ts'

/** The lines of a file with one JSON object a line. @throws UnmaskError `manifest-format` */
export function parseJsonl(file: string, text: string): { line: number; value: unknown }[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/)
  return lines.flatMap((content, i) => {
    if (content.trim() === '') return []
    try {
      return [{ line: i + 1, value: JSON.parse(content) as unknown }]
    } catch (cause) {
      throw manifestError(file, i + 1, `is no JSON: ${(cause as Error).message}`, cause)
    }
  })
}

export function formatJsonl(rows: readonly Row[]): string {
  return rows.map((row) => `${JSON.stringify(row, [...columns])}\n`).join('')
}
