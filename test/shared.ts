import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/**
 * The path of a file among the data kept beside the checkout (`../shared/`), or undefined where there is none: tests
 * that need it are then skipped and say so by name.
 */
export function sharedFile(path: string): string | undefined {
  const found = fileURLToPath(new URL(`../../shared/${path}`, import.meta.url))
  return existsSync(found) ? found : undefined
}
