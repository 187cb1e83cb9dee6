import { expect, test } from 'vitest'
import { allOpened } from './opened.ts'

class Part implements AsyncDisposable {
  open = true
  async [Symbol.asyncDispose]() {
    this.open = false
  }
}

test('all are open in the end, in their order', async () => {
  const [one, other] = [new Part(), new Part()]
  const opened = await allOpened<[Part, Part]>([Promise.resolve(one), Promise.resolve(other)])
  expect(opened).toEqual([one, other])
  expect(opened.every(({ open }) => open)).toBe(true)
})

test('where one fails, the others are closed before the error comes, also those that open later', async () => {
  const [one, late] = [new Part(), Promise.withResolvers<Part>()]
  const part = new Part()
  const opening = allOpened<[Part, Part, Part]>([
    Promise.resolve(one),
    Promise.reject(new Error('no second')),
    late.promise,
  ])
  setTimeout(() => late.resolve(part), 10)
  await expect(opening).rejects.toThrow('no second')
  expect([one.open, part.open]).toEqual([false, false])
})
