import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const h264 = '-c:v libx264 -preset medium -crf 20 -colorspace bt709 -color_primaries bt709 -color_trc bt709'

/** Clips to measure with, made of a talking-face video by the system's `ffmpeg`; removed when disposed. */
export class BenchClips implements Disposable {
  readonly #folder = mkdtempSync(join(tmpdir(), 'unmask-bench-'))

  /** 30 frames a second, H.264. */
  talking(source: string, size: `${number}:${number}`, seconds: number): string {
    const path = join(this.#folder, `${size.replace(':', 'x')}.mp4`)
    const filled = `scale=${size}:force_original_aspect_ratio=increase,crop=${size}`
    const format = `-vf ${filled} -r 30 -pix_fmt yuv420p -t ${seconds} -an ${h264}`.split(' ')
    execFileSync('ffmpeg', ['-v', 'error', '-stream_loop', '-1', '-i', source, ...format, path])
    return path
  }

  /** A clip again and again, until it lasts so many seconds; nothing is encoded anew. */
  repeated(clip: string, clipSeconds: number, seconds: number): string {
    const list = join(this.#folder, 'list.txt')
    const path = join(this.#folder, 'long.mp4')
    writeFileSync(list, `file '${clip}'\n`.repeat(Math.ceil(seconds / clipSeconds)))
    execFileSync('ffmpeg', ['-v', 'error', '-f', 'concat', '-safe', '0', '-i', list, '-c', 'copy', path])
    return path
  }

  [Symbol.dispose](): void {
    rmSync(this.#folder, { recursive: true })
  }
}
