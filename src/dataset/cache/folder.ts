import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'

/** Where crops are kept unless said otherwise: `unmask` in `$XDG_CACHE_HOME`, else in `~/.cache`. */
export function defaultCacheFolder(environment: NodeJS.ProcessEnv = process.env): string {
  const given = environment.XDG_CACHE_HOME
  // The XDG base directory specification: relative paths are invalid and to be ignored.
  const base = given !== undefined && isAbsolute(given) ? given : join(homedir(), '.cache')
  return join(base, 'unmask')
}
