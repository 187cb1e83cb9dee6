/** A file that says which process a folder belongs to (Node only). */
import { open, readFile, rm } from 'node:fs/promises'
import { hostname } from 'node:os'
import { UnmaskError } from '../errors.ts'
import { fileError } from './positional.ts'

/**
 * Makes the file, with process and host in it; removes it when disposed. That of a process that was killed is taken over.
 * @param what is going on meanwhile, in words, e.g. `a training run`
 * @throws UnmaskError `in-use` while another process has it; `file-access`
 */
export async function takeLock(path: string, what: string): Promise<AsyncDisposable> {
  const own = `${process.pid} ${hostname()}\n`
  for (;;) {
    try {
      await using file = await open(path, 'wx')
      await file.writeFile(own).catch(async (error) => {
        await rm(path, { force: true }) // an empty one would be nobody's for ever
        throw error
      })
      return { [Symbol.asyncDispose]: () => rm(path, { force: true }) }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw fileError(path, error)
    }
    await removeAbandoned(path, what)
  }
}

/** @throws UnmaskError `in-use` unless the process that made it is known to have ended */
async function removeAbandoned(path: string, what: string): Promise<void> {
  const text = await readFile(path, 'utf8').catch(() => '')
  const [id = '', host = ''] = text.trim().split(' ')
  if (host === hostname() && !isRunning(Number(id))) await rm(path, { force: true })
  else {
    const whose = host === '' ? 'another process' : `process ${id} on ${host}`
    throw new UnmaskError('in-use', `${path}: ${what} of ${whose} is going on; if it has ended, remove the file`)
  }
}

function isRunning(id: number): boolean {
  try {
    process.kill(id, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
