import { UnmaskError } from '../../errors.ts'

/**
 * Complains of files that a list of the data set names and that are not there: figures would be told of another set.
 * @throws UnmaskError `dataset-layout`, unless the data set may be partial
 */
export function checkListed(list: string, missing: readonly string[], listed: number, partial: boolean): void {
  if (partial || missing.length === 0) return
  const shown = missing.slice(0, 3).join(', ')
  throw new UnmaskError(
    'dataset-layout',
    `${list}: of ${listed} listed files ${missing.length} are not there, e.g. ${shown}; the option \`partial\` allows it`,
  )
}
