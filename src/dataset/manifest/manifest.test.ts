import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { Random } from '../../tensor/random.ts'
import type { DataEntry } from '../entry.ts'
import { emptyFolder } from '../testing/trees.ts'
import { isManifest, readManifest, writeManifest } from './manifest.ts'

const awkward = [
  'a.mp4',
  'with space.mp4',
  'comma,.mp4',
  'quote".mp4',
  'two\nlines.mp4',
  'ümlaut 人.mp4',
  '=1+1.mp4',
  '#.mp4',
]

function entries(folder: string, random: Random): DataEntry[] {
  return awkward.map((name) => {
    const some = <T>(value: T, other: T) => (random.bernoulli(0.5) ? value : other)
    const [mask, source] = [some(`/masks/${name}`, ''), some(join(folder, `deep/${name}`), '')]
    return {
      path: join(folder, some('sub', '..'), name),
      label: some('real', 'fake'),
      subset: some('', 'a/b, "c"'),
      identities: some(['ff-000', 'Ann, "Smith"'], []),
      split: some(some('train', 'validation'), some('test', null)),
      ...(mask !== '' && { mask }),
      ...(source !== '' && { source }),
    }
  })
}

test.each(['csv', 'jsonl'])('what is written as .%s is read back', async (extension) => {
  const folder = await emptyFolder()
  const random = new Random(3)
  const path = join(folder, `mine.${extension}`)
  for (let round = 0; round < 20; round++) {
    const manifest = { name: 'mine', entries: entries(folder, random) }
    await writeManifest(path, manifest)
    expect(await readManifest(path)).toEqual(manifest)
  }
  expect(await readFile(path, 'utf8')).not.toContain(folder)
})

test('it can be moved with its data', async () => {
  const folder = await emptyFolder()
  for (const place of ['one', 'two']) await mkdir(join(folder, place))
  const path = (place: string) => join(folder, place, 'a.mp4')
  const entry = (place: string) => ({
    path: path(place),
    label: 'real' as const,
    subset: '',
    identities: [],
    split: null,
  })
  await writeManifest(join(folder, 'one/m.csv'), { name: 'm', entries: [entry('one')] })
  await writeFile(join(folder, 'two/m.csv'), await readFile(join(folder, 'one/m.csv')))
  expect((await readManifest(join(folder, 'two/m.csv'))).entries).toEqual([entry('two')])
})

test('columns may be left out, in any order, with a byte order mark and Windows line ends', async () => {
  const folder = await emptyFolder()
  await writeFile(join(folder, 'm.csv'), '\uFEFFlabel,path\r\nfake,a.mp4\r\n\r\n')
  const expected = { path: join(folder, 'a.mp4'), label: 'fake', subset: '', identities: [], split: null }
  expect((await readManifest(join(folder, 'm.csv'))).entries).toEqual([expected])
  await writeFile(join(folder, 'm.jsonl'), '\n{"label": "fake", "path": "a.mp4", "split": null}\n\n')
  expect((await readManifest(join(folder, 'm.jsonl'))).entries).toEqual([expected])
})

test.each([
  ['m.csv', 'path,label,spilt\na.mp4,real,train\n', /m\.csv:1: unknown column "spilt" \(did you mean "split"\?\)/],
  ['m.csv', 'path,subset\na.mp4,x\n', /m\.csv:1: the column "label" is missing/],
  ['m.csv', 'path,label\na.mp4,real\nb.mp4,true\n', /m\.csv:3: label: /],
  ['m.csv', 'path,label\n,real\n', /m\.csv:2: path: /],
  ['m.csv', 'path,label,split\na.mp4,real,val\n', /m\.csv:2: split: /],
  ['m.csv', 'path,label\na.mp4\n', /m\.csv: .*line 2/],
  ['m.csv', 'path,label\na.mp4,"real\n', /m\.csv: .*line 2/],
  ['m.csv', 'path,label\na.mp4,real\nb/../a.mp4,fake\n', /m\.csv:3: b\/\.\.\/a\.mp4 stands in line 2 already/],
  ['m.csv', 'path,label\n', /no entry/],
  ['m.csv', '', /no entry/],
  ['m.jsonl', '{"path": "a.mp4", "label": "real"}\n{"path": "b.mp4"', /m\.jsonl:2: is no JSON/],
  ['m.jsonl', '{"path": "a.mp4", "label": "real", "sorce": "b.mp4"}', /m\.jsonl:1: unknown key "sorce" .*"source"/],
  ['m.jsonl', '{"path": "a.mp4", "label": "real", "identities": "Ann"}', /m\.jsonl:1: identities: /],
  ['m.jsonl', '[]', /m\.jsonl:1: /],
])('%s of %j is refused', async (name, text, message) => {
  const folder = await emptyFolder()
  await writeFile(join(folder, name), text)
  await expect(readManifest(join(folder, name))).rejects.toMatchObject({
    code: 'manifest-format',
    message: expect.stringMatching(message),
  })
})

test('other names, other bytes, identities that a table cannot hold', async () => {
  const folder = await emptyFolder()
  expect(['a.csv', 'A.JSONL', 'a.json', 'csv'].map(isManifest)).toEqual([true, true, false, false])
  await expect(readManifest(join(folder, 'm.json'))).rejects.toMatchObject({ code: 'manifest-format' })
  await expect(readManifest(join(folder, 'm.csv'))).rejects.toMatchObject({ code: 'file-access' })
  await writeFile(join(folder, 'm.csv'), Uint8Array.of(0xff, 0xfe, 0x41))
  await expect(readManifest(join(folder, 'm.csv'))).rejects.toMatchObject({ code: 'manifest-format' })
  const entry: DataEntry = { path: '/a.mp4', label: 'real', subset: '', identities: ['a;b'], split: null }
  const manifest = { name: 'm', entries: [entry] }
  await expect(writeManifest(join(folder, 'm.csv'), manifest)).rejects.toMatchObject({ code: 'manifest-format' })
  await writeManifest(join(folder, 'm.jsonl'), manifest)
  expect(await readManifest(join(folder, 'm.jsonl'))).toEqual(manifest)
})
