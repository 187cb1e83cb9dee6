import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const hd = '-vf scale=1920:1080:force_original_aspect_ratio=increase,crop=1920:1080 -r 30 -pix_fmt yuv420p'
const h264 = '-c:v libx264 -preset medium -crf 20 -colorspace bt709 -color_primaries bt709 -color_trc bt709'

/** Clips to measure with, made of a talking-face video by the system's `ffmpeg`; removed when disposed. */
export class BenchClips implements Disposable {
  readonly #folder = mkdtempSync(join(tmpdir(), 'unmask-bench-'))

  /** 1080p, 30 frames a second, H.264. */
  hd(source: string, seconds: number): string {
    const path = join(this.#folder, 'hd.mp4')
    const format = `${hd} -t ${seconds} -an ${h264}`.split(' ')
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
