import { PeakMemory } from '../media/memory.ts'
import type { DetectCommand } from './command.ts'

/** What a long video costs, from starting the command to its verdict, in its process and those that it starts. */
export async function benchHour(path: string, command: DetectCommand): Promise<void> {
  using watched = new DisposableStack()
  let memory: PeakMemory | undefined
  const begun = performance.now()
  const { verdict, faces, basis } = await command.run(path, (pid) => {
    memory = watched.use(new PeakMemory(pid))
  })
  const seconds = (performance.now() - begun) / 1000
  const { durationSeconds = 0 } = basis.video
  const clips = faces.reduce((sum, face) => sum + face.clips.length, 0)
  console.log(
    `${(durationSeconds / 60).toFixed(1)} min of 720p30: ${seconds.toFixed(1)} s, ` +
      `peak memory ${(memory!.peak / 2 ** 20).toFixed(0)} MiB; ` +
      `${clips} clips of ${faces.length} faces, ${basis.framesDecoded} frames decoded, verdict ${verdict}`,
  )
}
