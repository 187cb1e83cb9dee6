import { AV_LOG_ERROR, AV_LOG_QUIET } from 'node-av/constants'
import { FFmpegError, Log } from 'node-av/lib'

/** The last thing FFmpeg complained of; it does not say which of its users in this process made it. */
let complaint = ''

/** Keeps FFmpeg from writing to the terminal. */
export function silence(): void {
  Log.setLevel(AV_LOG_QUIET)
}

/** Listens to FFmpeg's complaints for `reasonOf`. For a process that does nothing else with it. */
export function listen(): void {
  Log.setCallback(
    (_, message) => {
      complaint = message.trim()
    },
    { maxLevel: AV_LOG_ERROR },
  )
}

/** FFmpeg's reason for a status below 0, in its words. */
export function reasonOf(status: number): string {
  const reason = FFmpegError.strerror(status)
  return complaint === '' ? reason : `${reason}: ${complaint}`
}

/** Whether FFmpeg's last complaint has these words. */
export function complained(words: RegExp): boolean {
  return words.test(complaint)
}
