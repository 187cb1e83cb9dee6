import type { Basis, Detection, Verdict } from '../../detect/result.ts'
import { renderError } from '../errors.ts'
import { videoName } from '../video-source.ts'
import { detectionLine, failureLine } from './json.ts'
import { terminalOf } from './terminal.ts'
import { detectionLines, legendLines, summaryLine, writtenLine } from './text.ts'

/** Tells what came of files, one after the other. */
export interface Printer {
  found(file: string, detection: Detection): void
  /** A file that tells more of the last one that was found something of. */
  wrote(path: string): void
  failed(file: string, error: unknown): void
  end(): void
}

/** A line of JSON for each file. */
export const jsonPrinter: Printer = {
  found: (file, detection) => process.stdout.write(`${detectionLine(file, detection)}\n`),
  wrote: () => {},
  failed: (file, error) => process.stdout.write(`${failureLine(file, error)}\n`),
  end: () => {},
}

/** A block for each file, errors on stderr; at the end what the figures mean, and for several files a summary. */
export function textPrinter(): Printer {
  const terminal = terminalOf()
  const verdicts: Verdict[] = []
  let failures = 0
  let basis: Basis | undefined
  return {
    found: (file, detection) => {
      if (verdicts.length + failures > 0) console.log()
      for (const line of detectionLines(videoName(file), detection, terminal)) console.log(line)
      verdicts.push(detection.verdict)
      if (detection.faces.length > 0) basis = detection.basis
    },
    wrote: (path) => console.log(writtenLine(path, terminal)),
    failed: (_, error) => {
      process.stderr.write(renderError(error).text)
      failures++
    },
    end: () => {
      const isSeveral = verdicts.length + failures > 1
      const last = [
        ...(isSeveral ? [summaryLine(verdicts, failures)] : []),
        ...(basis ? legendLines(basis, terminal) : []),
      ]
      if (verdicts.length > 0 && last.length > 0) console.log()
      for (const line of last) console.log(line)
    },
  }
}
