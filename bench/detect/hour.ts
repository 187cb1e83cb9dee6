import { detect } from '../../src/detect/detector.ts'
import { readModel } from '../../src/network/model-file-node.ts'
import { PeakMemory } from '../media/memory.ts'

/** What a long video costs, from opening the models to its verdict, in this process and those that it starts. */
export async function benchHour(path: string, model: string | undefined): Promise<void> {
  using memory = new PeakMemory()
  const { verdict, faces, basis } = await detect(path, {
    ...(model !== undefined && { model: await readModel(model) }),
    onProgress: (event) => {
      if (event.kind === 'clips' && event.clips % 20 === 0) {
        process.stderr.write(`${event.clips} of ${event.clipsPlanned} clips\n`)
      }
    },
  })
  const { durationSeconds = 0 } = basis.video
  const clips = faces.reduce((sum, face) => sum + face.clips.length, 0)
  console.log(
    `${(durationSeconds / 60).toFixed(1)} min of 720p30: ${basis.seconds.toFixed(1)} s, ` +
      `peak memory ${(memory.peak / 2 ** 20).toFixed(0)} MiB; ` +
      `${clips} clips of ${faces.length} faces, ${basis.framesDecoded} frames decoded, verdict ${verdict}`,
  )
}
