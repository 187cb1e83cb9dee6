import { spawnSync } from 'node:child_process'
import { openAsBlob } from 'node:fs'
import { copyFile, mkdir, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { clip, clipFolder, ffmpegMissing, picture } from '../../../test/clips.ts'
import { openVideo } from '../open.ts'
import type { Video, VideoSource } from '../video.ts'

const make = () => clip('input.mp4', [...picture('64x48', 25, 1), '-c:v', 'libx264', '-pix_fmt', 'yuv420p'])

async function count(video: Video): Promise<number> {
  let frames = 0
  for await (const _ of video.frames()) frames++
  return frames
}

// A folder for nothing but what these tests leave behind.
beforeAll(async () => {
  vi.stubEnv('TMPDIR', await mkdtemp(join(clipFolder(), 'temporary-')))
})
afterAll(() => {
  vi.unstubAllEnvs()
})

/** Bytes piece by piece; without end when there are none. */
function stream(bytes: Uint8Array | undefined, piece: number): ReadableStream<Uint8Array<ArrayBuffer>> {
  let at = 0
  return new ReadableStream({
    pull(controller) {
      if (bytes && at >= bytes.length) return controller.close()
      controller.enqueue(bytes ? Uint8Array.from(bytes.subarray(at, at + piece)) : new Uint8Array(piece))
      at += piece
    },
  })
}

describe.skipIf(ffmpegMissing)(`what a video is opened from (${ffmpegMissing ?? 'clips by ffmpeg'})`, () => {
  test.each([true, false])(
    'bytes, a Blob, a File, a stream: the same frames, and no file is left (isolated: %s)',
    async (isolated) => {
      const path = await make()
      const bytes = new Uint8Array(await readFile(path))
      const sources: VideoSource[] = [
        bytes,
        new Blob([bytes]),
        new File([bytes], 'a.mp4'),
        await openAsBlob(path),
        stream(bytes, 1000),
      ]
      for (const source of isolated ? sources.slice(-2) : sources) {
        await using video = await openVideo(source, { isolated })
        expect(video.info.bytes).toBe(bytes.length)
        expect(await count(video)).toBe(25)
        expect(await count(video)).toBe(25)
        if (process.platform === 'linux') expect(await readdir(tmpdir())).toEqual([])
      }
      expect(await readdir(tmpdir())).toEqual([])
    },
  )

  test('a name is only a name', async () => {
    const folder = join(clipFolder(), 'names')
    await mkdir(folder)
    const names = [
      '-',
      'concat:a.mp4|b.mp4',
      'file:x.mp4',
      'http:',
      'pipe:0',
      'a%03d.mp4',
      'a[1]*.mp4',
      'no extension',
      'video.jpg',
      'video.txt',
      'ä.mp4',
    ]
    for (const name of names) {
      const path = join(folder, name)
      await copyFile(await make(), path)
      await using video = await openVideo(path, { isolated: false })
      expect(await count(video)).toBe(25)
    }
    const here = process.cwd()
    process.chdir(folder)
    try {
      for (const name of names) {
        await using video = await openVideo(name, { isolated: false })
        expect(video.info.bytes).toBeGreaterThan(0)
      }
    } finally {
      process.chdir(here)
    }
  })

  test('no path: coded errors', async () => {
    await expect(openVideo(join(clipFolder(), 'none.mp4'))).rejects.toMatchObject({
      code: 'file-access',
      message: expect.stringContaining('no such file'),
    })
    await expect(openVideo('/dev/zero')).rejects.toMatchObject({ code: 'file-access' })
    const pipe = join(clipFolder(), 'pipe')
    spawnSync('mkfifo', [pipe])
    await expect(openVideo(pipe)).rejects.toMatchObject({ code: 'file-access' })
    await expect(openVideo('a\0.mp4')).rejects.toMatchObject({ code: 'file-access' })
  })

  test('no source: coded errors', async () => {
    const locked = stream(undefined, 10)
    locked.getReader()
    for (const source of [undefined, 5, {}, new ArrayBuffer(10), process.stdin, locked]) {
      await expect(openVideo(source as never)).rejects.toMatchObject({ code: 'option-invalid' })
    }
    const path = join(clipFolder(), 'changed.mp4')
    await writeFile(path, 'before')
    const blob = await openAsBlob(path)
    await writeFile(path, 'and after')
    await expect(openVideo(blob)).rejects.toMatchObject({ code: 'file-access' })
    expect(await readdir(tmpdir())).toEqual([])
  })

  const bad: [name: string, content: string | Uint8Array, code: string][] = [
    ['nothing.mp4', '', 'video-format'],
    ['text.mp4', 'Once upon a time there was no video in this file.\n'.repeat(100), 'video-format'],
    [
      'playlist.m3u8',
      '#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:9,\nhttp://localhost/a.ts\n#EXT-X-ENDLIST\n',
      'video-format',
    ],
    ['script.ffconcat', 'ffconcat version 1.0\nfile /etc/passwd\n', 'video-format'],
    ['zeros.mp4', new Uint8Array(100_000), 'video-format'],
    ['svg.mp4', '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><rect/></svg>', 'video-format'],
  ]
  test.each(bad)('%s', async (name, content, code) => {
    const path = join(clipFolder(), name)
    await writeFile(path, content)
    for (const isolated of name === 'text.mp4' ? [true, false] : [false]) {
      await expect(openVideo(path, { isolated })).rejects.toMatchObject({
        code,
        message: expect.stringContaining(name),
      })
    }
  })

  test('sound alone, also with a cover picture, is no video', async () => {
    const sound = ['-f', 'lavfi', '-i', 'sine=duration=1']
    const cover = await clip('cover.png', [...picture('64x48', 25, 0.04)])
    const files = [
      await clip('sound.m4a', sound),
      await clip('covered.m4a', [
        ...sound,
        '-i',
        cover,
        '-map',
        '0',
        '-map',
        '1',
        '-c:v',
        'copy',
        '-disposition:v',
        'attached_pic',
      ]),
    ]
    for (const path of files) {
      await expect(openVideo(path, { isolated: false })).rejects.toMatchObject({
        code: 'video-format',
        message: expect.stringContaining('aac'),
      })
    }
  })

  test('an endless stream ends at limits.streamBytes, one that comes to a halt at limits.stallSeconds', async () => {
    let cancelled = false
    const endless = stream(undefined, 100_000)
    const watched = new ReadableStream<Uint8Array<ArrayBuffer>>({
      start: async (controller) => {
        for await (const piece of endless) {
          if (cancelled) return
          controller.enqueue(piece)
          await new Promise((resolve) => setTimeout(resolve, 1))
        }
      },
      cancel: () => {
        cancelled = true
      },
    })
    const limits = { streamBytes: 1_000_000 }
    await expect(openVideo(watched, { limits })).rejects.toMatchObject({
      code: 'video-limit',
      message: expect.stringContaining('streamBytes'),
    })
    expect(cancelled).toBe(true)
    const halting = new ReadableStream<Uint8Array<ArrayBuffer>>({
      start: (controller) => controller.enqueue(new Uint8Array(10)),
    })
    await expect(openVideo(halting, { limits: { stallSeconds: 0.1 } })).rejects.toMatchObject({ code: 'video-stalled' })
    const failing = new ReadableStream<Uint8Array<ArrayBuffer>>({
      start: (controller) => controller.error(new Error('torn')),
    })
    await expect(openVideo(failing)).rejects.toMatchObject({
      code: 'file-access',
      message: expect.stringContaining('torn'),
    })
    const empty = new ReadableStream<Uint8Array<ArrayBuffer>>({
      pull: async (controller) => {
        await new Promise((resolve) => setTimeout(resolve, 1))
        controller.enqueue(new Uint8Array())
      },
    })
    await expect(openVideo(empty, { limits: { stallSeconds: 0.1 } })).rejects.toMatchObject({ code: 'video-stalled' })
    const halted = new ReadableStream<Uint8Array<ArrayBuffer>>()
    const abort = new AbortController()
    setTimeout(() => abort.abort('enough'), 50)
    await expect(openVideo(halted, { signal: abort.signal })).rejects.toBe('enough')
    expect(await readdir(tmpdir())).toEqual([])
  })
})
