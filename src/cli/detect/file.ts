import { basename, dirname } from 'node:path'
import type { Detector } from '../../detect/detector.ts'
import type { Detection } from '../../detect/result.ts'
import { inFolder } from '../../files/new-folder.ts'
import { replaceFile } from '../../files/replace.ts'
import { reportOf } from '../../report/report.ts'
import type { DeviceKind } from '../../runtime/index.ts'
import { openVideo } from '../../video/open.ts'
import type { Video } from '../../video/video.ts'
import { startProgress } from '../progress.ts'
import { harmless } from '../text.ts'
import { videoName, videoSource } from '../video-source.ts'
import type { Outputs } from './outputs.ts'

/** How files are looked at. */
export interface FileOptions {
  readonly device: 'auto' | DeviceKind
  readonly every?: number
  readonly faces: 'all' | 'largest'
  readonly signal: AbortSignal
}

/**
 * Looks at one file, and writes what is to be written of it.
 * @param place of it among several, for the progress; empty for one alone
 * @param opening a detector that may still be being opened, while the file is
 * @param told of what was found before anything is written, so that it is not lost where nothing can be, and of each file
 */
export async function detectFile(
  file: string,
  place: string,
  { report, overlay }: Outputs,
  opening: Promise<Detector>,
  options: FileOptions,
  told: { found(detection: Detection): void; wrote(path: string): void },
): Promise<void> {
  const { device, signal } = options
  const name = videoName(file)
  await using video = await openVideo(videoSource(file), { signal })
  const detector = await opening
  const detection = await look(video, `looking at ${harmless(basename(name))}${place}`, detector, options)
  told.found(detection)
  if (report !== undefined) {
    const html = reportOf(detection, { name, date: new Date() })
    await inFolder(dirname(report), () => replaceFile(report, new TextEncoder().encode(html)))
    told.wrote(report)
  }
  if (overlay !== undefined) {
    const { writeOverlay } = await import('./overlay/write.ts')
    await inFolder(dirname(overlay), () => writeOverlay(overlay, video, detection, { device, signal }))
    told.wrote(overlay)
  }
}

async function look(video: Video, what: string, detector: Detector, { every, faces, signal }: FileOptions) {
  using progress = startProgress(what, 'clips')
  return await detector.detect(video, {
    faces,
    ...(every !== undefined && { every }),
    signal,
    onProgress: (event) => {
      if (event.kind === 'clips') progress.update(event.clips, event.clips / event.clipsPlanned)
    },
  })
}
