import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Evaluation } from '../../evaluate/evaluation.ts'
import { evaluationText } from '../../evaluate/evaluation-json.ts'
import { reportHtml } from '../../evaluate/report/report.ts'
import { scoreTable } from '../../evaluate/score-table.ts'
import { fileError } from '../../files/positional.ts'
import { replaceFile } from '../../files/replace.ts'
import { refuseExisting } from '../output-file.ts'
import type { EvaluateCommandOptions } from './run.ts'
import { evaluationLines } from './text.ts'

/** Where results go. */
export interface Outputs {
  /** File in which scores are kept as they come. */
  readonly log: string | undefined
  write(evaluation: Evaluation): Promise<void>
}

/** Prepares what the results go into, before the work. @throws UnmaskError `file-exists`, `file-access` */
export async function openOutputs({ out, json, force }: EvaluateCommandOptions): Promise<Outputs> {
  const toStandard = json === '-'
  const files = { json: toStandard ? undefined : json, ...(out !== undefined && within(out)) }
  for (const path of Object.values(files)) if (path !== undefined) await refuseExisting(path, force)
  if (out !== undefined) {
    await mkdir(out, { recursive: true }).catch((error) => {
      throw fileError(out, error)
    })
  }
  return {
    log: out === undefined ? undefined : join(out, 'scores.jsonl'),
    write: async (evaluation) => {
      const text = evaluationText(evaluation)
      const { videos, failures } = evaluation
      const contents = {
        json: text,
        evaluation: text,
        report: reportHtml(evaluation),
        scores: scoreTable(videos, failures),
      }
      const written: string[] = []
      for (const [name, path] of Object.entries(files)) {
        if (path === undefined) continue
        await replaceFile(path, new TextEncoder().encode(contents[name as keyof typeof contents]))
        written.push(path)
      }
      if (toStandard) process.stdout.write(text)
      else console.log([...evaluationLines(evaluation), ...written.map((path) => `wrote ${path}`)].join('\n'))
    },
  }
}

function within(folder: string) {
  const file = (name: string) => join(folder, name)
  return { evaluation: file('evaluation.json'), report: file('report.html'), scores: file('scores.csv') }
}
