import { CsvError, parse } from 'csv-parse/sync'
import { stringify } from 'csv-stringify/sync'
import { closest } from 'fastest-levenshtein'
import { UnmaskError } from '../../errors.ts'
import { columns, manifestError, type Row } from './rows.ts'

/** Between the identities of one entry. */
const separator = ';'

/** The lines of a table: RFC 4180 in UTF-8, with the names of the columns first. @throws UnmaskError `manifest-format` */
export function parseCsv(file: string, text: string): { line: number; value: unknown }[] {
  const [header, ...records] = cells(file, text)
  if (!header) return []
  for (const name of header.record) {
    if ((columns as readonly string[]).includes(name)) continue
    throw manifestError(file, 1, `unknown column "${name}" (did you mean "${closest(name, [...columns])}"?)`)
  }
  for (const needed of ['path', 'label']) {
    if (!header.record.includes(needed)) throw manifestError(file, 1, `the column "${needed}" is missing`)
  }
  return records.map(({ record, line }) => ({ line, value: rowIn(header.record, record) }))
}

function cells(file: string, text: string): { record: string[]; line: number }[] {
  try {
    const found = parse(text, { bom: true, info: true, skip_empty_lines: true }) as unknown
    return (found as { record: string[]; info: { lines: number } }[]).map(({ record, info }) => ({
      record,
      line: info.lines,
    }))
  } catch (cause) {
    if (cause instanceof CsvError) throw new UnmaskError('manifest-format', `${file}: ${cause.message}`, { cause })
    throw cause
  }
}

function rowIn(header: readonly string[], record: readonly string[]): Record<string, unknown> {
  const given = header.map((name, i): [string, unknown] => [name, record[i]])
  const filled = given.filter(([name, text]) => text !== '' || name === 'path' || name === 'label')
  return Object.fromEntries(
    filled.map(([name, text]) => [name, name === 'identities' ? String(text).split(separator) : text]),
  )
}

/** @throws UnmaskError `manifest-format` for an identity that has the separator in it */
export function formatCsv(file: string, rows: readonly Row[]): string {
  const records = rows.map((row, i) => {
    const torn = row.identities.find((identity) => identity.includes(separator))
    if (torn !== undefined) {
      const problem = `the identity "${torn}" has a "${separator}" in it, which a table cannot hold; write .jsonl`
      throw manifestError(file, i + 2, problem)
    }
    return { ...row, identities: row.identities.join(separator), split: row.split ?? '' }
  })
  return stringify(records, { header: true, columns: [...columns] })
}
