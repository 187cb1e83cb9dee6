import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { clip, clipFolder, ffmpegMissing, picture } from '../../test/clips.ts'
import { unmask } from '../../test/command-line.ts'
import { sharedFile } from '../../test/shared.ts'

const real = sharedFile('data/val/real/dfl/Dean_Wiesel_0.mp4')
const fake = sharedFile('data/val/fake/dfl/Dean_Wiesel_0.mp4')
const reason = real && fake ? ffmpegMissing : 'needs ../shared/data'

let prepared: Promise<{ folder: string; common: string[] }> | undefined

async function prepare(): Promise<{ folder: string; common: string[] }> {
  const folder = clipFolder()
  const mask = await clip('mask.mp4', ['-i', fake!, '-vf', 'drawbox=t=fill:c=white', '-c:v', 'libx264'])
  const noFace = await clip('nobody.mp4', [...picture('64x48', 25, 1), '-c:v', 'libx264'])
  const lines = ['path,label,subset,mask', `${real},real,live,`, `${fake},fake,live,${mask}`, `${noFace},fake,made,`]
  await writeFile(join(folder, 'list.csv'), `${lines.join('\n')}\n`)
  await unmask(folder, 'model', 'new', 'model.safetensors', '--force')
  return {
    folder,
    common: ['evaluate', '--data', 'list.csv', '--model', 'model.safetensors', '--clips', '1', '--no-cache'],
  }
}

describe.skipIf(reason)(`unmask evaluate${reason ? ` (skipped: ${reason})` : ''}`, () => {
  const ready = () => {
    prepared ??= prepare()
    return prepared
  }

  test('prints tables, writes its files, and goes on from its scores', async () => {
    const { folder, common } = await ready()
    const wanted = ['--perturb', 'contrast:1', '--localise', '--out', 'out']
    const first = await unmask(folder, ...common, ...wanted)
    expect(first).toMatchObject({ status: 0 })
    expect(first.stdout).toMatch(/^all +1 +1 +1 +[01]\.000 /m)
    expect(first.stdout).toMatch(/^contrast +[01]\.000 +[01]\.000 +– +– +– +– +1$/m)
    expect(first.stdout).toMatch(/^cam +(100|\d?\d)\.\d % /m)
    expect(first.stdout).toContain('1 video could not be scored:')
    expect(first.stdout).toMatch(/nobody\.mp4 +no-face +no face was found/)
    const json = await readFile(join(folder, 'out/evaluation.json'), 'utf8')
    expect(JSON.parse(json)).toMatchObject({
      format: 'unmask-evaluation',
      protocol: { data: { name: 'list' } },
      localisation: { videos: 1, chance: { pointing: 1 } },
    })
    expect(await readFile(join(folder, 'out/report.html'), 'utf8')).toContain('<h2>Robustness')
    expect((await readFile(join(folder, 'out/scores.csv'), 'utf8')).trim().split('\n')).toHaveLength(4)

    const refused = await unmask(folder, ...common, '--out', 'out')
    expect(refused).toMatchObject({ status: 73, stderr: expect.stringContaining('evaluation.json exists already') })

    const again = await unmask(folder, ...common, ...wanted, '--force', '--json', '-')
    expect(again).toMatchObject({ status: 0, stdout: json })
    expect((await readFile(join(folder, 'out/scores.jsonl'), 'utf8')).trim().split('\n')).toHaveLength(6)
  })

  test('refuses what cannot be, before any work', async () => {
    const { folder, common } = await ready()
    const cases = [
      [['--subset', 'nothing'], 'no subset is called nothing; there are: live, made'],
      [['--perturb', 'nois'], 'no perturbation is called "nois" (did you mean "noise"?)'],
      [['--split', 'test'], 'no video is of the split "test"; there are: none'],
      [['--recode', '60'], 'recode'],
      [['--kind', 'celeb'], 'kind'],
    ] as const
    for (const [wrong, message] of cases) {
      const { status, stderr } = await unmask(folder, ...common, ...wrong)
      expect(stderr).toContain(message)
      expect(status).toBe(64)
    }
  })
})
