import { type Detector, openDetector } from '../../detect/detector.ts'
import type { Verdict } from '../../detect/result.ts'
import { readModel } from '../../network/model-file-node.ts'
import { renderError } from '../errors.ts'
import { interruptSignal } from '../interrupt.ts'
import { verdictMatched } from './fail-on.ts'
import { detectFile, type FileOptions } from './file.ts'
import { inputFiles } from './inputs.ts'
import { type OutputOptions, planOutputs } from './outputs.ts'
import { jsonPrinter, textPrinter } from './printers.ts'

/** What the command line asked for. */
export interface DetectCommandOptions extends OutputOptions, Omit<FileOptions, 'signal'> {
  readonly json: boolean
  readonly model?: string
  readonly threads?: number
  readonly failOn: readonly Verdict[]
}

/** Looks at one file after the other; one that fails does not stop the others. */
export async function runDetect(names: readonly string[], options: DetectCommandOptions): Promise<void> {
  const signal = interruptSignal()
  const files = await inputFiles(names)
  const outputs = await planOutputs(files, options)
  const opening = open(options)
  opening.catch(() => {}) // it is told where it is waited for
  await using _ = {
    [Symbol.asyncDispose]: async () => (await opening.catch(() => undefined))?.[Symbol.asyncDispose](),
  }
  const printer = options.json ? jsonPrinter : textPrinter()
  let [matched, firstError] = [false, 0]
  for (const [i, file] of files.entries()) {
    try {
      const place = files.length > 1 ? ` (${i + 1} of ${files.length})` : ''
      await detectFile(
        file,
        place,
        outputs[i]!,
        opening,
        { ...options, signal },
        {
          found: (detection) => {
            printer.found(file, detection)
            matched ||= options.failOn.includes(detection.verdict)
          },
          wrote: printer.wrote,
        },
      )
    } catch (error) {
      signal.throwIfAborted()
      await opening // without models nothing can be looked at
      printer.failed(file, error)
      firstError ||= renderError(error).exitStatus
    }
  }
  printer.end()
  process.exitCode = matched ? verdictMatched : firstError
}

async function open({ model, device, threads }: DetectCommandOptions): Promise<Detector> {
  return openDetector({
    ...(model !== undefined && { model: await readModel(model) }),
    device,
    ...(threads !== undefined && { threads }),
  })
}
