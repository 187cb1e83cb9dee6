import { fileURLToPath } from 'node:url'

/** The data kept beside the checkout. */
export const data = fileURLToPath(new URL('../../../shared/data', import.meta.url))
