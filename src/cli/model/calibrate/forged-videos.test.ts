import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { expect, test } from 'vitest'
import { sharedFile } from '../../../../test/shared.ts'
import type { DataEntry } from '../../../dataset/entry.ts'
import { blankImage } from '../../../draw/image.ts'
import { forgeRecipe } from '../../../forge/recipe.ts'
import { encodeVideo } from '../../../video/node/writer/writer.ts'
import { forgedVideos } from './forged-videos.ts'

/** Fifteen frames. */
const talking = sharedFile('data/val/real/marlin/cropped04.mp4')
const reason = talking ? '' : ' (skipped: needs ../shared/data)'

test.skipIf(!talking)(`it is kept which videos have no face, and leftovers go${reason}`, async () => {
  const root = await mkdtemp(join(tmpdir(), 'unmask-forged-'))
  try {
    const picture = blankImage(160, 120, [90, 120, 150])
    const pictures = Array.from({ length: 10 }, (_, i) => ({ picture, seconds: i / 25 }))
    const nobody = join(root, 'nobody.mp4')
    await writeFile(
      nobody,
      await encodeVideo('mp4', pictures, { width: 160, height: 120, frameRate: 25, effort: 'fast' }),
    )
    const folder = join(root, 'forged')
    for (const name of ['.making-left', '.making-now']) await mkdir(join(folder, name), { recursive: true })
    const before = new Date(Date.now() - 2 * 24 * 60 * 60 * 1000)
    await utimes(join(folder, '.making-left'), before, before)

    const entry = (path: string): DataEntry => ({ path, label: 'real', subset: 'all', identities: [], split: null })
    const recipe = forgeRecipe.parse({ kinds: { self: 1, swap: 0, resynthesis: 0 } })
    const options = { recipe, seed: 0, folder, signal: new AbortController().signal }
    const made = await forgedVideos([nobody, talking!].map(entry), options)
    expect(made.map(({ source }) => basename(source.path))).toEqual(['cropped04.mp4'])
    const kept = await readdir(folder)
    expect(kept.filter((name) => name.startsWith('.'))).toEqual(['.making-now'])
    expect(kept.length).toBe(3) // twins, and that there are none

    expect(await forgedVideos([nobody, talking!].map(entry), options)).toEqual(made)
    await expect(forgedVideos([entry(nobody)], options)).rejects.toMatchObject({ code: 'face-missing' })
    expect(await readdir(folder)).toEqual(kept)
  } finally {
    await rm(root, { recursive: true })
  }
})
