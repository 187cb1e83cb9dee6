import { AV_LOG_ERROR } from 'node-av/constants'
import { FFmpegError, Log } from 'node-av/lib'

/** FFmpeg often adds what followed from the first complaint. */
const mostKept = 10

/** What FFmpeg complained of lately; it does not say which of its users in this process made it. */
let complaints: string[] = []
/** The last complaint, unless it was told. */
let untold: string | undefined
/** Who reads files in this process. */
let readers = 0

/** Listens to FFmpeg's complaints, which else it writes to the terminal. */
export function listen(): void {
  Log.setCallback(
    (_, message) => {
      untold = message.trim()
      complaints = [...complaints, untold].slice(-mostKept)
    },
    { maxLevel: AV_LOG_ERROR },
  )
}

/** What is complained of from here on is about something new. */
export function forget(): void {
  complaints = []
  untold = undefined
}

/** Counts one more reader of a file. @returns to be called when it has ended */
export function beginReading(): () => void {
  readers++
  return () => {
    readers--
    forget()
  }
}

/** What FFmpeg complained of, though it went on, since this was asked last; nothing where it may be about another file. */
export function overheard(): string | undefined {
  const complaint = readers === 1 ? untold : undefined
  untold = undefined
  return complaint
}

/** Complaints come from FFmpeg's threads, and may come after the status that they are about. */
export async function arrived(): Promise<void> {
  for (let turn = 0; turn < 2; turn++) await new Promise((resolve) => setImmediate(resolve))
}

/** FFmpeg's reason for a status below 0, in its words. A complaint is told once. */
export async function reasonOf(status: number): Promise<string> {
  await arrived()
  const reason = [FFmpegError.strerror(status), ...complaints.slice(-1)].join(': ')
  forget()
  return reason
}

/** Whether FFmpeg complained in these words. */
export async function complained(words: RegExp): Promise<boolean> {
  await arrived()
  return complaints.some((complaint) => words.test(complaint))
}
