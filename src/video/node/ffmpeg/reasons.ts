import { AV_LOG_ERROR } from 'node-av/constants'
import { FFmpegError, Log } from 'node-av/lib'

/** FFmpeg often adds what followed from the first complaint. */
const mostKept = 10

/** What FFmpeg complained of lately; it does not say which of its users in this process made it. */
let complaints: string[] = []

/** Listens to FFmpeg's complaints, which else it writes to the terminal. */
export function listen(): void {
  Log.setCallback(
    (_, message) => {
      complaints = [...complaints, message.trim()].slice(-mostKept)
    },
    { maxLevel: AV_LOG_ERROR },
  )
}

/** What is complained of from here on is about something new. */
export function forget(): void {
  complaints = []
}

/** Complaints come from FFmpeg's threads, and may come after the status that they are about. */
async function arrived(): Promise<void> {
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
