import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { sharedFile } from '../../../test/shared.ts'
import { readDataset } from '../read-dataset.ts'
import { emptyFolder } from '../testing/trees.ts'
import { openCropCache } from './cache.ts'
import { decodeRecord } from './record.ts'

const folderOfStills = sharedFile('data/train/stills/london')
const skipped = folderOfStills ? '' : ' (skipped: needs ../shared/data)'
const settings = {
  layout: { snippets: 1, frames: 1 },
  clips: 1,
  span: 1,
  rate: 30,
  size: 64,
  margin: 1,
  landmarks: false,
}

async function stills(count: number) {
  return (await readDataset(folderOfStills!, { label: 'real' })).entries.slice(0, count)
}

async function whole(folder: string): Promise<string[]> {
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.safetensors')).sort()
  for (const name of names) expect(decodeRecord(await readFile(join(folder, name)), name, true).length).toBe(1)
  return names
}

/** Processes that this one started (Linux). */
async function children(): Promise<number[]> {
  const lists = await Promise.all(
    (await readdir('/proc/self/task')).map((task) => readFile(`/proc/self/task/${task}/children`, 'utf8')),
  )
  return lists.flatMap((list) => list.split(' ').filter((pid) => pid !== '')).map(Number)
}

describe.skipIf(!folderOfStills)(`a cache${skipped}`, () => {
  test('that is filled only in part is usable, and is filled on', async () => {
    const folder = await emptyFolder()
    const entries = await stills(12)
    const controller = new AbortController()
    {
      await using cache = await openCropCache(folder, settings, { workers: 2 })
      const onProgress = ({ done }: { done: number }) => {
        if (done === 4) controller.abort(new Error('enough'))
      }
      await expect(cache.prepare(entries, { onProgress, signal: controller.signal })).rejects.toThrow('enough')
    }
    const before = await whole(folder)
    expect(before.length).toBeGreaterThanOrEqual(4)
    expect(before.length).toBeLessThan(12)
    await using cache = await openCropCache(folder, settings, { workers: 1 })
    expect((await cache.prepare(entries)).failures).toEqual([])
    expect((await whole(folder)).length).toBe(12)
  })

  test('can be filled by two at once', async () => {
    const folder = await emptyFolder()
    const entries = await stills(6)
    await using one = await openCropCache(folder, settings, { workers: 1 })
    await using other = await openCropCache(folder, settings, { workers: 1 })
    const results = await Promise.all([one.prepare(entries), other.prepare(entries.toReversed())])
    expect(results).toMatchObject([{ failures: [] }, { failures: [] }])
    expect((await whole(folder)).length).toBe(6)
  })

  test.skipIf(process.platform !== 'linux')(
    'outlives its processes: the entry of each is told, the next goes on',
    async () => {
      const entries = await stills(8)
      await using cache = await openCropCache(await emptyFolder(), settings, { workers: 1 })
      await cache.clips(entries[0]!)
      const [pid, ...others] = await children()
      expect(others).toEqual([])
      const prepared = cache.prepare(entries)
      process.kill(pid!, 'SIGKILL')
      const { failures } = await prepared
      expect(failures.length).toBeLessThanOrEqual(1)
      for (const { reason, message } of failures) {
        expect(reason).toBe('video-damaged')
        expect(message).toContain('SIGKILL')
      }
      expect((await cache.prepare(entries)).failures).toEqual([])
    },
  )

  test('ends an entry that takes too long', async () => {
    const entries = await stills(1)
    await using cache = await openCropCache(await emptyFolder(), settings, { workers: 1, entrySeconds: 0.01 })
    expect((await cache.prepare(entries)).failures).toMatchObject([{ reason: 'video-stalled' }])
  })

  test('once closed does nothing more', async () => {
    const cache = await openCropCache(await emptyFolder(), settings, { workers: 1 })
    await cache[Symbol.asyncDispose]()
    await expect(cache.prepare(await stills(2))).rejects.toMatchObject({ code: 'disposed' })
  })
})

test.each([{ size: 8 }, { margin: 2 }, { layout: { snippets: 1 } }, { sise: 64 }, { treatment: { recode: 99 } }])(
  'refuses settings %j',
  async (wrong) => {
    const opening = openCropCache('/none', { ...settings, ...wrong } as never)
    await expect(opening).rejects.toMatchObject({ code: 'option-invalid' })
  },
)
