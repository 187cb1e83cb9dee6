import { expect, test } from 'vitest'
import { clip, ffmpegMissing, picture } from '../../test/clips.ts'
import { durationOf } from './duration.ts'
import { openVideo } from './open.ts'

test.skipIf(ffmpegMissing)(
  `how long a video is, also where the file does not say${ffmpegMissing ? ` (skipped: ${ffmpegMissing})` : ''}`,
  async () => {
    const made = [...picture('64x48', 25, 2), '-c:v', 'libx264']
    await using told = await openVideo(await clip('told.mp4', made))
    await using untold = await openVideo(await clip('untold.mkv', [...made, '-f', 'matroska', '-live', '1']))
    expect(await durationOf(told)).toBeCloseTo(2, 6)
    expect(untold.info.durationSeconds).toBeUndefined()
    expect(await durationOf(untold)).toBeCloseTo(2, 6)
  },
)
