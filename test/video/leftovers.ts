import { readdir, readFile } from 'node:fs/promises'

/** Why what is left behind cannot be looked up here; undefined where it can. */
export const notSeen = process.platform === 'linux' ? undefined : 'what is left behind is looked up as Linux shows it'

/** Numbers of this process's children, those that have ended and were not waited for included. */
export async function children(): Promise<number[]> {
  const found: number[] = []
  for (const name of await readdir('/proc')) {
    const status = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '')
    const [, parent] = status.slice(status.lastIndexOf(')') + 2).split(' ')
    if (Number(parent) === process.pid) found.push(Number(name))
  }
  return found
}

/** How many files, pipes and sockets this process has open. */
export async function descriptors(): Promise<number> {
  return (await readdir('/proc/self/fd')).length
}
