import { expect, test } from 'vitest'
import type { DataEntry } from '../entry.ts'
import { checkSplits, findLeaks, refuseLeaks } from './leaks.ts'

const entry = (path: string, more: Partial<DataEntry> = {}): DataEntry => ({
  path,
  label: 'real',
  subset: '',
  identities: [],
  split: null,
  ...more,
})

test.each<[string, DataEntry, DataEntry, { kind: string; name: string }]>([
  ['one file', entry('/a'), entry('/a'), { kind: 'file', name: '/a' }],
  [
    'one person',
    entry('/a', { identities: ['x', 'y'] }),
    entry('/b', { identities: ['y'] }),
    { kind: 'identity', name: 'y' },
  ],
  [
    'a fake and its original',
    entry('/a', { label: 'fake', source: '/b' }),
    entry('/b'),
    { kind: 'source', name: '/b' },
  ],
  [
    'an original and its fake',
    entry('/b'),
    entry('/a', { label: 'fake', source: '/b' }),
    { kind: 'source', name: '/b' },
  ],
  [
    'two fakes of one video',
    entry('/a', { source: '/c' }),
    entry('/b', { source: '/c' }),
    { kind: 'source', name: '/c' },
  ],
])('%s on both sides', (_, one, other, leak) => {
  expect(findLeaks([entry('/1'), one], [entry('/2'), other])).toEqual([{ ...leak, entries: [one, other] }])
  expect(() => refuseLeaks([one], [other])).toThrow(leak.name)
})

test('the same content under two names, where contents were looked at', () => {
  const [one, other] = [entry('/a'), entry('/b')]
  expect(findLeaks([one], [other])).toEqual([])
  const hashes = new Map([
    ['/a', 'c0ffee'],
    ['/b', 'c0ffee'],
  ])
  expect(findLeaks([one], [other], hashes)).toEqual([{ kind: 'content', name: 'c0ffee', entries: [one, other] }])
  expect(findLeaks([one], [one], hashes).map(({ kind }) => kind)).toEqual(['file'])
})

test('what is refused is named, some of it where it is much', () => {
  const people = Array.from({ length: 9 }, (_, i) => `person ${i}`)
  const side = (folder: string) => people.map((name) => entry(`/${folder}/${name}`, { identities: [name] }))
  expect(() => refuseLeaks(side('a'), side('b'))).toThrow(
    expect.objectContaining({
      code: 'dataset-leak',
      message: expect.stringMatching(
        /same person, 9 times:\n.*person 0 \(\/a\/person 0, \/b\/person 0\)(.|\n)*and 4 more/,
      ),
    }),
  )
  expect(() => refuseLeaks(side('a'), [entry('/c')])).not.toThrow()
})

test('splits of a manifest are compared with one another; who is in none is in no one’s way', () => {
  const [one, other] = [entry('/a', { identities: ['x'] }), entry('/b', { identities: ['x'] })]
  const check = (a: DataEntry['split'], b: DataEntry['split']) => () =>
    checkSplits({
      name: 'm',
      entries: [
        { ...one, split: a },
        { ...other, split: b },
      ],
    })
  expect(check('train', 'validation')).toThrow(/train and validation share/)
  expect(check('test', 'train')).toThrow(/train and test share/)
  expect(check('test', 'validation')).toThrow(/validation and test share/)
  expect(check('test', 'test')).not.toThrow()
  expect(check('test', null)).not.toThrow()
})
