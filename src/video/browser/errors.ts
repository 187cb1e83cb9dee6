import { UnsupportedInputFormatError } from 'mediabunny'
import { type ErrorCode, UnmaskError } from '../../errors.ts'

/** An error of the file, its reader or its decoder as one of ours. */
export function asVideoError(error: unknown, code: ErrorCode, what: string): UnmaskError {
  if (error instanceof UnmaskError) return error
  if (error instanceof UnsupportedInputFormatError) {
    const known = 'mp4, mov, webm, mkv and ts, and pictures that the browser knows'
    return new UnmaskError('video-format', `${what}: not a video that can be read here (${known} are)`, {
      cause: error,
    })
  }
  // A File that was changed, moved or deleted since it was chosen.
  const gone = error instanceof DOMException && (error.name === 'NotReadableError' || error.name === 'NotFoundError')
  return new UnmaskError(gone ? 'file-access' : code, `${what}: ${messageOf(error)}`, { cause: error })
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
