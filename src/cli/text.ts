/**
 * Lines of columns, each as wide as its widest cell.
 * @param numbers how many columns, the last ones, are numbers, which stand to the right
 */
export function table(rows: readonly (readonly string[])[], numbers = 0): string[] {
  const columns = rows[0]!.length
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)))
  const cell = (text: string, column: number) =>
    column < columns - numbers ? text.padEnd(widths[column]!) : text.padStart(widths[column]!)
  return rows.map((row) => row.map(cell).join('  ').trimEnd())
}

/** A whole number with its thousands apart. */
export function count(value: number): string {
  return value.toLocaleString('en')
}

/** Bytes in MiB. */
export function mebibytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(1)} MiB`
}

/** Signs that move the cursor, colour text, or turn the order of others around. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const commands = /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g

/** Text from outside, e.g. the name of a file, as it can be shown without the terminal obeying it. */
export function harmless(text: string): string {
  return text.replace(commands, '\ufffd')
}
