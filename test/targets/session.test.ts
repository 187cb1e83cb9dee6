import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { Session } from '../../bench/targets/session.ts'
import { detect } from '../../src/detect/detector.ts'
import { ScoreLog } from '../../src/evaluate/run/score-log.ts'
import { mediaFile } from '../detect/media.ts'
import { smallModel } from '../detect/small-model.ts'

test('a video is looked at as a detection looks at it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'unmask-session-'))
  try {
    const model = await smallModel()
    const path = mediaFile('cap13_edit2.mp4')
    const entry = { path, label: 'real', subset: 'films', identities: [], split: null } as const
    await using log = await ScoreLog.open(join(folder, 'scores.jsonl'))
    const options = { models: [], only: [], data: folder, generators: undefined, cache: folder, json: undefined }
    const session = new Session(model, [entry], log, { ...options, device: 'cpu' })
    const { videos } = await session.evaluated('films', [entry])
    const { faces, probability } = await detect(path, { model, threads: 1 })
    expect(videos[0]!.faces.map(({ clips }) => clips.length)).toEqual(faces.map(({ clips }) => clips.length))
    expect(videos[0]!.probability).toBeCloseTo(probability!, 4)
  } finally {
    await rm(folder, { recursive: true })
  }
})
