import { compareEvaluations } from '../../evaluate/compare.ts'
import { parseEvaluation } from '../../evaluate/evaluation-json.ts'
import { readBytes } from '../../files/read.ts'
import { comparisonLines } from './lines.ts'

export interface CompareOptions {
  readonly json: boolean
  readonly replicates: number
  readonly seed: number
}

/** Prints how evaluations differ from the first. */
export async function compare(first: string, others: readonly string[], options: CompareOptions): Promise<void> {
  const { json, replicates, seed } = options
  const one = await read(first)
  const comparisons = []
  for (const file of others) {
    comparisons.push({ second: file, ...compareEvaluations(one, await read(file), { replicates, seed }) })
  }
  const text = json
    ? JSON.stringify(
        { format: 'unmask-comparison', version: 1, bootstrap: { seed, replicates }, first, comparisons },
        undefined,
        2,
      )
    : comparisons.map((comparison) => comparisonLines(first, comparison.second, comparison).join('\n')).join('\n\n\n')
  process.stdout.write(`${text}\n`)
}

async function read(path: string) {
  return parseEvaluation(new TextDecoder().decode(await readBytes(path)), path)
}
