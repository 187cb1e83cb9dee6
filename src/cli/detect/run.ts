import { basename, dirname } from 'node:path'
import { type Detector, openDetector } from '../../detect/detector.ts'
import type { Detection, Verdict } from '../../detect/result.ts'
import { inFolder } from '../../files/new-folder.ts'
import { replaceFile } from '../../files/replace.ts'
import { readModel } from '../../network/model-file-node.ts'
import { reportOf } from '../../report/report.ts'
import type { DeviceKind } from '../../runtime/index.ts'
import { openVideo } from '../../video/open.ts'
import type { Video } from '../../video/video.ts'
import { renderError } from '../errors.ts'
import { interruptSignal } from '../interrupt.ts'
import { startProgress } from '../progress.ts'
import { videoName, videoSource } from '../video-source.ts'
import { verdictMatched } from './fail-on.ts'
import { inputFiles } from './inputs.ts'
import { type OutputOptions, type Outputs, planOutputs } from './outputs.ts'
import { writeOverlay } from './overlay/write.ts'
import { jsonPrinter, textPrinter } from './printers.ts'

/** What the command line asked for. */
export interface DetectOptions extends OutputOptions {
  readonly json: boolean
  readonly model?: string
  readonly device: 'auto' | DeviceKind
  readonly threads?: number
  readonly every?: number
  readonly faces: 'all' | 'largest'
  readonly failOn: readonly Verdict[]
}

/** Looks at one file after the other; one that fails does not stop the others. */
export async function runDetect(names: readonly string[], options: DetectOptions): Promise<void> {
  const signal = interruptSignal()
  const files = await inputFiles(names)
  const outputs = await planOutputs(files, options)
  await using detector = await open(options)
  const printer = options.json ? jsonPrinter : textPrinter()
  let [matched, firstError] = [false, 0]
  for (const [i, file] of files.entries()) {
    try {
      const detection = await detectFile(file, outputs[i]!, detector, options, signal)
      printer.found(file, detection, Object.values(outputs[i]!))
      matched ||= options.failOn.includes(detection.verdict)
    } catch (error) {
      signal.throwIfAborted()
      printer.failed(file, error)
      firstError ||= renderError(error).exitStatus
    }
  }
  printer.end()
  process.exitCode = matched ? verdictMatched : firstError
}

async function open({ model, device, threads }: DetectOptions): Promise<Detector> {
  return openDetector({
    ...(model !== undefined && { model: await readModel(model) }),
    device,
    ...(threads !== undefined && { threads }),
  })
}

async function detectFile(
  file: string,
  outputs: Outputs,
  detector: Detector,
  options: DetectOptions,
  signal: AbortSignal,
): Promise<Detection> {
  await using video = await openVideo(videoSource(file), { signal })
  const detection = await detect(video, videoName(file), detector, options, signal)
  const { report, overlay } = outputs
  if (report !== undefined) {
    const html = reportOf(detection, { name: videoName(file), date: new Date() })
    await inFolder(dirname(report), () => replaceFile(report, new TextEncoder().encode(html)))
  }
  if (overlay !== undefined) {
    await inFolder(dirname(overlay), () => writeOverlay(overlay, video, detection, { device: options.device, signal }))
  }
  return detection
}

async function detect(
  video: Video,
  name: string,
  detector: Detector,
  { every, faces }: DetectOptions,
  signal: AbortSignal,
): Promise<Detection> {
  using progress = startProgress(`looking at ${basename(name)}`, 'clips')
  return await detector.detect(video, {
    faces,
    ...(every !== undefined && { every }),
    signal,
    onProgress: (event) => {
      if (event.kind === 'clips') progress.update(event.clips, event.clips / event.clipsPlanned)
    },
  })
}
