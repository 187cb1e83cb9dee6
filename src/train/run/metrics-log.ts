import { open, readFile } from 'node:fs/promises'
import { fileError } from '../../files/positional.ts'
import { replaceFile } from '../../files/replace.ts'

/** Where in a run something was measured. */
export interface Place {
  readonly stage: string
  /** Number of the stage, from 0. */
  readonly stageIndex: number
  /** Steps of the stage that were done. */
  readonly step: number
}

/** A line of `metrics.jsonl`. */
export type MetricsLine = Place &
  (
    | {
        readonly kind: 'train'
        /** Means over the steps since the line before: `loss`, its parts, `gradientNorm`, `accuracy`. */
        readonly means: Readonly<Record<string, number>>
        readonly rate: number
        /** Clips or frames a second, waiting for batches included. */
        readonly perSecond: number
        /** Share of the time in which the step waited for its batch. */
        readonly waiting: number
      }
    | {
        readonly kind: 'validation'
        /** Video AUC of each set; null where it is not defined. */
        readonly auc: Readonly<Record<string, number | null>>
        /** What chooses the best weights; null where it is not defined. */
        readonly watched: number | null
        readonly best: boolean
      }
  )

/** Appends lines, each at once. @throws UnmaskError `file-access` */
export async function appendMetrics(path: string, line: MetricsLine): Promise<void> {
  try {
    const file = await open(path, 'a')
    await file.appendFile(`${JSON.stringify(line)}\n`).finally(() => file.close())
  } catch (error) {
    throw fileError(path, error)
  }
}

/** All lines; a last one that was cut off when the process ended is left out. */
export async function readMetrics(path: string): Promise<MetricsLine[]> {
  const text = await readFile(path, 'utf8').catch(() => '')
  return text.split('\n').flatMap((line) => {
    try {
      return [JSON.parse(line) as MetricsLine]
    } catch {
      return []
    }
  })
}

/** Takes out what was measured after a place, because it will be done again. @throws UnmaskError `file-access` */
export async function rewindMetrics(path: string, stageIndex: number, step: number): Promise<void> {
  const lines = await readMetrics(path)
  const kept = lines.filter(
    (line) => line.stageIndex < stageIndex || (line.stageIndex === stageIndex && line.step <= step),
  )
  await replaceFile(path, new TextEncoder().encode(kept.map((line) => `${JSON.stringify(line)}\n`).join('')))
}
