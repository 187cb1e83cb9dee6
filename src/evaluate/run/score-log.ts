import { type FileHandle, open } from 'node:fs/promises'
import { z } from 'zod'
import { fileError } from '../../files/positional.ts'
import { scoredVideo } from '../evaluation.ts'
import type { Verdict } from './verdict.ts'

const line = z.strictObject({
  /** Of all that the verdict depends on: model, settings, content of the file. */
  key: z.string(),
  verdict: z.union([
    scoredVideo.pick({ faces: true, probability: true }),
    z.strictObject({ reason: z.string(), message: z.string() }),
  ]),
})

/**
 * Verdicts kept in a file, a line of JSON each, added as they come: what a run that was killed had got to. A line that
 * was not written to its end is dropped.
 */
export class ScoreLog implements AsyncDisposable {
  readonly #path: string
  readonly #file: FileHandle
  readonly #verdicts: Map<string, Verdict>
  #writing: Promise<unknown> = Promise.resolve()

  /** @throws UnmaskError `file-access` */
  static async open(path: string): Promise<ScoreLog> {
    try {
      const file = await open(path, 'a+')
      const text = await file.readFile('utf8')
      const whole = text.slice(0, text.lastIndexOf('\n') + 1)
      if (whole.length < text.length) await file.truncate(Buffer.byteLength(whole))
      return new ScoreLog(path, file, new Map(whole.split('\n').flatMap(read)))
    } catch (error) {
      throw fileError(path, error)
    }
  }

  private constructor(path: string, file: FileHandle, verdicts: Map<string, Verdict>) {
    this.#path = path
    this.#file = file
    this.#verdicts = verdicts
  }

  get(key: string): Verdict | undefined {
    return this.#verdicts.get(key)
  }

  /** @throws UnmaskError `file-access` */
  async add(key: string, verdict: Verdict): Promise<void> {
    this.#verdicts.set(key, verdict)
    const text = `${JSON.stringify({ key, verdict })}\n`
    const written = this.#writing.then(() => this.#file.appendFile(text))
    this.#writing = written.catch(() => {})
    await written.catch((error) => {
      throw fileError(this.#path, error)
    })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#writing
    await this.#file.close()
  }
}

function read(text: string): [string, Verdict][] {
  try {
    const { key, verdict } = line.parse(JSON.parse(text))
    return [[key, verdict]]
  } catch {
    return [] // of another version, or spoilt: it is computed again
  }
}
