import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { planOutputs } from './outputs.ts'

test.each([
  [
    ['a/talk.mp4', 'a/talk.mov'],
    ['talk.mp4.html', 'talk.mov.html'],
  ],
  [
    ['a/talk.mp4', 'b/talk.mp4'],
    ['a/talk.mp4.html', 'b/talk.mp4.html'],
  ],
  // as names of files these can be one
  [
    ['a/Talk.mp4', 'a/talk.MP4'],
    ['Talk.mp4.html', 'talk.MP4-2.html'],
  ],
  [
    ['a/*.png', 'a/?.png', 'a/_.png'],
    ['_.png.html', '_.png-2.html', '_.png-3.html'],
  ],
  [
    ['a/caf\u00e9.mp4', 'a/cafe\u0301.mp4'],
    ['caf\u00e9.mp4.html', 'cafe\u0301.mp4-2.html'],
  ],
  [
    ['-', 'standard-input'],
    ['standard-input.html', 'standard-input-2.html'],
  ],
])('reports of %j do not meet', async (inputs, expected) => {
  const folder = await mkdtemp(join(tmpdir(), 'unmask-outputs-'))
  try {
    const planned = await planOutputs(inputs, { report: folder, force: false })
    expect(planned.map(({ report }) => report)).toEqual(expected.map((name) => join(folder, name)))
  } finally {
    await rm(folder, { recursive: true })
  }
})
