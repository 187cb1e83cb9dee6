import { Readable } from 'node:stream'
import type { VideoSource } from '../video/video.ts'

/** What stands for the standard input where a file is asked for. */
const standardInput = '-'

/** The video that an argument names: a path, or `-` for the bytes of the standard input. */
export function videoSource(file: string): VideoSource {
  if (file !== standardInput) return file
  return Readable.toWeb(process.stdin) as ReadableStream<Uint8Array<ArrayBuffer>>
}

/** How the video is called in titles. */
export function videoName(file: string): string {
  return file === standardInput ? 'standard input' : file
}
