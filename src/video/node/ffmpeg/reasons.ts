import { AV_LOG_ERROR } from 'node-av/constants'
import { FFmpegError, Log } from 'node-av/lib'

/** The last thing FFmpeg complained of; it does not say which of its users in this process made it. */
let complaint = ''

/** Listens to FFmpeg's complaints, which else it writes to the terminal. */
export function listen(): void {
  Log.setCallback(
    (_, message) => {
      complaint = message.trim()
    },
    { maxLevel: AV_LOG_ERROR },
  )
}

/** What is complained of from here on is about something new. */
export function forget(): void {
  complaint = ''
}

/** FFmpeg's reason for a status below 0, in its words. A complaint is told once. */
export function reasonOf(status: number): string {
  const reason = FFmpegError.strerror(status)
  const words = complaint === '' ? reason : `${reason}: ${complaint}`
  complaint = ''
  return words
}

/** Whether FFmpeg's last complaint has these words. */
export function complained(words: RegExp): boolean {
  return words.test(complaint)
}
