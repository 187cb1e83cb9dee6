import { afterAll, beforeAll } from 'vitest'
import { inNode, type Place, type PlaceKind } from './places.ts'

/** A place and Node's CPU to hold it against; open while the tests of the surrounding `describe` run. */
export interface BesideCpu {
  readonly place: Place
  readonly cpu: Place
}

/** Opens both before the tests of a `describe` and closes them after. */
export function besideCpu({ open }: Pick<PlaceKind, 'open'>): BesideCpu {
  let [place, cpu]: Place[] = []
  beforeAll(async () => {
    place = await open()
    cpu = await inNode('cpu')
  })
  afterAll(async () => {
    await place?.[Symbol.asyncDispose]()
    await cpu?.[Symbol.asyncDispose]()
  })
  return {
    get place() {
      return place!
    },
    get cpu() {
      return cpu!
    },
  }
}
