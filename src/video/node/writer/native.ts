import { UnmaskError } from '../../../errors.ts'
import { listen, reasonOf } from '../ffmpeg/reasons.ts'

// Encoders would print their settings and statistics to stderr.
listen()

/** FFmpeg's return value where it is none of its error codes. @throws UnmaskError `video-write` */
export async function checked(result: number | Promise<number>, doing: string): Promise<number> {
  const status = await result
  if (status < 0) throw new UnmaskError('video-write', `${doing}: ${await reasonOf(status)}`)
  return status
}
