import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { run } from './command-line.ts'

/** Why clips cannot be made here: tests that need them are skipped and say so by name. Undefined where they can. */
export const ffmpegMissing =
  spawnSync('ffmpeg', ['-version']).status === 0
    ? undefined
    : 'the ffmpeg program, which makes the test clips, is missing'

let folder: string | undefined
const made = new Map<string, Promise<string>>()

/** A folder of this test file, removed after its tests. */
export function clipFolder(): string {
  folder ??= mkdtempSync(join(tmpdir(), 'unmask-clips-'))
  return folder
}

afterAll(() => {
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true })
})

/**
 * Makes a clip with the system's ffmpeg, once in a test file for each name.
 * @param name of the file; its extension chooses the container
 * @param ffmpegArguments input and encoding, e.g. `[...picture('64x48', 25, 1), '-c:v', 'libx264']`
 * @returns its path
 */
export function clip(name: string, ffmpegArguments: readonly string[]): Promise<string> {
  const known = made.get(name)
  if (known) return known
  const making = make(join(clipFolder(), name), ffmpegArguments)
  made.set(name, making)
  return making
}

async function make(path: string, ffmpegArguments: readonly string[]): Promise<string> {
  const { status, stderr } = await run('ffmpeg', ['-v', 'error', '-y', ...ffmpegArguments, path], clipFolder())
  if (status !== 0) throw new Error(`ffmpeg made no ${path}: ${stderr}`)
  return path
}

/** A moving test picture as ffmpeg's input. @param size e.g. "64x48" */
export function picture(size: string, rate: number | string, seconds: number): string[] {
  return ['-f', 'lavfi', '-i', `testsrc2=size=${size}:rate=${rate}:duration=${seconds}`]
}

/** What ffmpeg itself decodes: all frames one after the other. @param pixelFormat e.g. "yuv420p" */
export async function decodedByFfmpeg(path: string, pixelFormat: string): Promise<Buffer> {
  const decoded = ['-i', path, '-map', '0:v:0', '-fps_mode', 'passthrough', '-f', 'rawvideo', '-pix_fmt', pixelFormat]
  const { status, stdout, stderr } = spawnSync('ffmpeg', ['-v', 'error', '-noautorotate', ...decoded, '-'], {
    maxBuffer: 2 ** 30,
  })
  if (status !== 0) throw new Error(`ffmpeg does not decode ${path}: ${stderr}`)
  return stdout
}

/** When ffmpeg shows each frame, seconds from the first one. */
export function timesByFfprobe(path: string): number[] {
  const entries = ['-select_streams', 'v:0', '-show_entries', 'frame=best_effort_timestamp_time', '-of', 'csv=p=0']
  const { stdout } = spawnSync('ffprobe', ['-v', 'error', ...entries, path], { encoding: 'utf8' })
  const times = [...stdout.matchAll(/^-?\d+\.\d+/gm)].map(([text]) => Number(text))
  return times.map((time) => time - times[0]!)
}
