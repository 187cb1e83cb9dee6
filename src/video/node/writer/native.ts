import { AV_LOG_QUIET } from 'node-av/constants'
import { FFmpegError, Log } from 'node-av/lib'
import { UnmaskError } from '../../../errors.ts'

// Encoders would print their settings and statistics to stderr.
Log.setLevel(AV_LOG_QUIET)

/** FFmpeg's return value where it is none of its error codes. @throws UnmaskError `video-write` */
export function checked(result: number, doing: string): number {
  if (result < 0) throw new UnmaskError('video-write', `${doing}: ${FFmpegError.strerror(result)}`)
  return result
}
