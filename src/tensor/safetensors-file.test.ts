import { execFileSync } from 'node:child_process'
import { chmod, mkdir, mkdtemp, open, readdir, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { randomTensor, rawFile } from '../../test/safetensors.ts'
import { sharedFile } from '../../test/shared.ts'
import { UnmaskError } from '../errors.ts'
import { Random } from './random.ts'
import { decodeSafetensors, encodeSafetensors } from './safetensors.ts'
import { readSafetensors, SafetensorsFile } from './safetensors-file.ts'
import { writeSafetensors } from './safetensors-write.ts'
import { float32, type Tensor, tensor } from './tensor.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unmask-safetensors-'))
})
afterEach(() => rm(folder, { recursive: true }))

const at = (name: string) => join(folder, name)
const one = float32([2], [1, 2])

test('writing and reading a file equals encoding and decoding', async () => {
  const random = new Random('file')
  const tensors = new Map(Array.from({ length: 20 }, (_, i) => [`t${i}`, randomTensor(random)] as const))
  await writeSafetensors(at('a'), tensors, { k: 'v' })
  expect(new Uint8Array(await readFile(at('a')))).toEqual(encodeSafetensors(tensors, { k: 'v' }))
  expect(await readSafetensors(at('a'))).toEqual(decodeSafetensors(encodeSafetensors(tensors, { k: 'v' })))
})

test('only the tensors asked for are read', async () => {
  await writeSafetensors(at('a'), [
    ['x', one],
    ['mask', tensor('bool', [3], Uint8Array.of(1, 0, 1))],
  ])
  await using file = await SafetensorsFile.open(at('a'))
  expect(
    [...file.entries.values()].map(({ name, dtype, shape, end, start }) => [name, dtype, shape, end - start]),
  ).toEqual([
    ['x', 'float32', [2], 8],
    ['mask', 'bool', [3], 3],
  ])
  expect(await file.read('x')).toEqual(one)
  await expect(file.read('mosk')).rejects.toMatchObject({
    code: 'tensor-name',
    message: expect.stringContaining('"mask"'),
  })
})

test('tensors made on demand are loaded one after the other', async () => {
  let alive = 0
  const source = (value: number) => ({
    dtype: 'float32' as const,
    shape: [2],
    async load(): Promise<Tensor> {
      expect(++alive).toBe(1)
      await Promise.resolve()
      alive -= 1
      return float32([2], [value, value])
    },
  })
  await writeSafetensors(at('a'), [
    ['a', source(1)],
    ['b', source(2)],
  ])
  expect((await readSafetensors(at('a'))).tensors.get('b')).toEqual(float32([2], [2, 2]))
})

test('a tensor of several chunks', async () => {
  const data = Float32Array.from({ length: 20 * 2 ** 20 }, (_, i) => i) // 80 MiB
  await writeSafetensors(at('a'), [['large', tensor('float32', [data.length], data)]])
  const read = (await readSafetensors(at('a'))).tensors.get('large')!
  expect(Buffer.from(read.data.buffer).equals(Buffer.from(data.buffer))).toBe(true)
})

test('a file beyond 4 GB, of which one small tensor is read', async () => {
  const size = 4.5e9
  const header = JSON.stringify({
    large: { dtype: 'U8', shape: [size], data_offsets: [0, size] },
    last: { dtype: 'F32', shape: [1], data_offsets: [size, size + 4] },
  })
  const head = rawFile(header, [])
  await writeFile(at('a'), head)
  await truncate(at('a'), head.length + size) // a hole: takes no room on disk
  const handle = await open(at('a'), 'r+')
  await handle.write(new Uint8Array(Float32Array.of(0.5).buffer), 0, 4, head.length + size)
  await handle.close()
  await using file = await SafetensorsFile.open(at('a'))
  expect(await file.read('last')).toEqual(float32([1], [0.5]))
})

describe('a failed write leaves what was there, and nothing else', () => {
  const failing = (load: () => Tensor) =>
    [
      ['a', one],
      ['b', { dtype: 'float32' as const, shape: [2], load }],
    ] as const
  test.each<[string, () => Promise<void>, object]>([
    [
      'the source throws',
      () =>
        writeSafetensors(
          at('a'),
          failing(() => {
            throw new RangeError('no')
          }),
        ),
      RangeError,
    ],
    [
      'another shape',
      () =>
        writeSafetensors(
          at('a'),
          failing(() => float32([1], [1])),
        ),
      UnmaskError,
    ],
    [
      'another type',
      () =>
        writeSafetensors(
          at('a'),
          failing(() => tensor('int32', [2], new Int32Array(2))),
        ),
      UnmaskError,
    ],
    ['the name is a folder', () => writeSafetensors(at('folder'), [['a', one]]), UnmaskError],
  ])('%s', async (_, write, type) => {
    await mkdir(at('folder'))
    await writeSafetensors(at('a'), [['old', one]])
    await expect(write()).rejects.toBeInstanceOf(type)
    expect((await readdir(folder)).sort()).toEqual(['a', 'folder'])
    expect((await readSafetensors(at('a'))).tensors.get('old')).toEqual(one)
  })
})

describe('files that cannot be read or written', () => {
  const access = { code: 'file-access' }
  test('missing', async () => {
    await expect(readSafetensors(at('none'))).rejects.toMatchObject({
      ...access,
      message: `${at('none')}: no such file or folder`,
    })
    await expect(writeSafetensors(at('none/a'), [['a', one]])).rejects.toMatchObject(access)
  })
  test('a folder', async () => {
    await expect(readSafetensors(folder)).rejects.toMatchObject(access)
  })
  test('a dangling link', async () => {
    await symlink(at('none'), at('link'))
    await expect(readSafetensors(at('link'))).rejects.toMatchObject(access)
  })
  test.skipIf(process.platform === 'win32')('a pipe does not hang', async () => {
    execFileSync('mkfifo', [at('pipe')])
    await expect(readSafetensors(at('pipe'))).rejects.toMatchObject(access)
  })
  test.skipIf(process.getuid?.() === 0 || process.platform === 'win32')('not permitted (not as root)', async () => {
    await writeSafetensors(at('a'), [['a', one]])
    await chmod(at('a'), 0)
    await expect(readSafetensors(at('a'))).rejects.toMatchObject(access)
  })
  test('damaged', async () => {
    await writeFile(at('a'), encodeSafetensors([['a', one]]).subarray(0, -1))
    const damaged = { code: 'safetensors-format', message: expect.stringContaining(at('a')) }
    await expect(readSafetensors(at('a'))).rejects.toMatchObject(damaged)
    for (const length of [0, 5, 8, 20]) {
      await truncate(at('a'), length)
      await expect(readSafetensors(at('a'))).rejects.toMatchObject(damaged)
    }
  })
  test('cut after it was opened', async () => {
    await writeSafetensors(at('a'), [['a', one]])
    await using file = await SafetensorsFile.open(at('a'))
    await truncate(at('a'), file.entries.get('a')!.end - 2)
    await expect(file.read('a')).rejects.toMatchObject({ code: 'safetensors-format' })
  })
})

const foreign = [
  { path: 'golden/mrl_official_narrow.safetensors', tensors: 372, types: ['float32', 'int32'] },
  { path: 'weights/mobilenet_v2_imagenet.safetensors', tensors: 104, types: ['float32'] },
]
test.skipIf(!foreign.every(({ path }) => sharedFile(path)))(
  'files written by other programs (needs shared data)',
  async () => {
    for (const { path, tensors, types } of foreign) {
      const file = sharedFile(path)!
      const read = await readSafetensors(file)
      expect(read.tensors.size).toBe(tensors)
      expect([...new Set([...read.tensors.values()].map(({ dtype }) => dtype))].sort()).toEqual(types)
      expect(Object.keys(read.metadata)).toContain('source')
      for (const { data } of read.tensors.values()) expect(data.some((value) => Number.isNaN(value))).toBe(false)
      await writeSafetensors(at('copy'), read.tensors, read.metadata)
      expect((await readSafetensors(at('copy'))).tensors).toEqual(read.tensors)
    }
  },
)
