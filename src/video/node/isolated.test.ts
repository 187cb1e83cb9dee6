import { spawn } from 'node:child_process'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { clip, clipFolder, ffmpegMissing, picture } from '../../../test/clips.ts'
import { run } from '../../../test/command-line.ts'
import { openVideo } from '../open.ts'
import type { Video } from '../video.ts'

const make = () =>
  clip('isolated.mp4', [...picture('64x48', 25, 20), '-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p'])
const reason =
  ffmpegMissing ?? (process.platform === 'linux' ? undefined : 'processes are looked up as Linux shows them')

/** Decoding processes of a parent. */
async function children(parent = process.pid): Promise<number[]> {
  const found: number[] = []
  for (const name of await readdir('/proc')) {
    const status = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '')
    const [state, ppid] = status.slice(status.lastIndexOf(')') + 2).split(' ')
    const command = await readFile(`/proc/${name}/cmdline`, 'utf8').catch(() => '')
    if (Number(ppid) === parent && state !== 'Z' && command.includes('decoder-child')) found.push(Number(name))
  }
  return found
}

async function count(video: Video, options: Parameters<Video['frames']>[0] = {}): Promise<number> {
  let frames = 0
  for await (const _ of video.frames(options)) frames++
  return frames
}

afterEach(async () => {
  expect(await children()).toEqual([])
})

describe.skipIf(reason)(`the decoding process (${reason ?? 'clips by ffmpeg'})`, () => {
  test('holds FFmpeg, which this process never loads', async () => {
    await using video = await openVideo(await make())
    expect(await count(video)).toBe(500)
    Object.assign(process.report, { excludeNetwork: true })
    const { sharedObjects } = process.report.getReport() as unknown as { sharedObjects: string[] }
    expect(sharedObjects.filter((path) => path.includes('node-av'))).toEqual([])
  })

  test('is told nothing of the environment', async () => {
    vi.stubEnv('SECRET', 'xyzzy')
    await using _ = await openVideo(await make())
    const [child] = await children()
    expect(await readFile(`/proc/${child}/environ`, 'utf8')).not.toContain('xyzzy')
    vi.unstubAllEnvs()
  })

  test.each(['SIGSEGV', 'SIGKILL', 'SIGABRT'] as const)(
    'when it ends by %s, that is an error, and the next iteration starts another',
    async (signal) => {
      await using video = await openVideo(await make())
      const frames = video.frames()
      await frames.next()
      const [child] = await children()
      process.kill(child!, signal)
      await expect(
        (async () => {
          for await (const _ of frames) {
            // until it fails
          }
        })(),
      ).rejects.toMatchObject({ code: 'video-damaged', message: expect.stringContaining(signal) })
      expect(await count(video)).toBe(500)
      expect(video.report.framesDecoded).toBeGreaterThanOrEqual(500)
    },
  )

  test('decodes no more than a few frames ahead', async () => {
    await using video = await openVideo(await make())
    const frames = video.frames()
    await frames.next()
    await new Promise((resolve) => setTimeout(resolve, 300))
    await frames.return()
    expect(await count(video, { to: 0.1 })).toBe(3)
    // 500 had it gone on. Tiny frames: some are in the pipe.
    expect(video.report.framesDecoded).toBeLessThan(100)
  })

  test('that gives no frame is ended after limits.stallSeconds', async () => {
    await using video = await openVideo(await make(), { limits: { stallSeconds: 1 } })
    const [child] = await children()
    process.kill(child!, 'SIGSTOP')
    await expect(count(video)).rejects.toMatchObject({
      code: 'video-stalled',
      message: expect.stringContaining('stallSeconds'),
    })
    await vi.waitFor(async () => expect(await children()).toEqual([]))
    expect(await count(video)).toBe(500)
  })

  test('is ended at limits.memory', async () => {
    await expect(openVideo(await make(), { limits: { memory: 20 } })).rejects.toMatchObject({
      code: 'video-limit',
      message: expect.stringContaining('limits.memory'),
    })
  })

  test('is ended at once by a signal; the video stays of use', async () => {
    await using video = await openVideo(await make())
    const abort = new AbortController()
    const frames = video.frames({ signal: abort.signal })
    await frames.next()
    const [child] = await children()
    process.kill(child!, 'SIGSTOP') // nothing will come
    setTimeout(() => abort.abort('enough'), 50)
    const rest = (async () => {
      for await (const _ of frames) {
        // until it is aborted
      }
    })()
    await expect(rest).rejects.toBe('enough')
    await vi.waitFor(async () => expect(await children()).toEqual([]))
    expect(await count(video)).toBe(500)
    await expect(count(video, { signal: AbortSignal.abort('before') })).rejects.toBe('before')
    await expect(openVideo(await make(), { signal: AbortSignal.abort('earlier') })).rejects.toBe('earlier')
  })

  test('closing the video ends it, also amid an iteration', async () => {
    const video = await openVideo(await make())
    const frames = video.frames()
    await frames.next()
    await video[Symbol.asyncDispose]()
    expect(await children()).toEqual([])
    await expect(frames.next()).rejects.toMatchObject({ code: 'disposed' })
    await expect(count(video)).rejects.toMatchObject({ code: 'disposed' })
    await video[Symbol.asyncDispose]()
  })

  test('closing the video ends it while frames larger than a pipe lie in its pipe', async () => {
    const large = await clip('large.mp4', [...picture('1280x720', 25, 1), '-c:v', 'libx264', '-preset', 'ultrafast'])
    await using video = await openVideo(large)
    for await (const { index } of video.frames()) if (index === 1) break
  })

  test('leaves no descriptors open', async () => {
    const descriptors = async () => (await readdir('/proc/self/fd')).length
    const path = await make()
    const bytes = new Uint8Array(await readFile(path))
    await (await openVideo(bytes))[Symbol.asyncDispose]()
    const before = await descriptors()
    for (let i = 0; i < 3; i++) {
      await using video = await openVideo(bytes)
      await count(video, { to: 1 })
    }
    await vi.waitFor(async () => expect(await descriptors()).toBeLessThanOrEqual(before))
  })

  test('does not keep its parent alive, and ends with it', async () => {
    const script = join(clipFolder(), 'parent.mjs')
    const open = JSON.stringify(new URL('../open.ts', import.meta.url).href)
    const lines = (rest: string) => `import { openVideo } from ${open}
      const video = await openVideo(${JSON.stringify(path)})
      const frames = video.frames()
      await frames.next()
      ${rest}`
    const path = await make()
    await writeFile(script, lines(''))
    expect(await run(process.execPath, [script], clipFolder())).toMatchObject({ status: 0, stderr: '' })

    await writeFile(script, lines(`console.log('open'); setInterval(() => {}, 1000)`))
    const parent = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'ignore'] })
    await new Promise((resolve) => parent.stdout.once('data', resolve))
    const [child] = await children(parent.pid)
    expect(child).toBeDefined()
    parent.kill('SIGKILL')
    await vi.waitFor(async () => expect(await readFile(`/proc/${child}/cmdline`, 'utf8').catch(() => '')).toBe(''))
  })
})
