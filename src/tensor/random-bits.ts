/**
 * Random words: a small chaotic generator with a counter ("sfc32", C. Doty-Humphrey, PractRand), 128 bits of state,
 * period at least 2^32 and about 2^127 on average. Only 32-bit integer arithmetic, so exact in every engine.
 */

/** Four unsigned 32-bit words: a generator's state, or the key that a state grows from. */
export type Words = [number, number, number, number]

/** Advances `state` in place and returns the next word, 0 to 2^32 - 1. */
export function nextWord(state: Words): number {
  const [a, b, c, counter] = state
  const word = (a + b + counter) >>> 0
  state[0] = (b ^ (b >>> 9)) >>> 0
  state[1] = (c + (c << 3)) >>> 0
  state[2] = (((c << 21) | (c >>> 11)) + word) >>> 0
  state[3] = (counter + 1) >>> 0
  return word
}

/** A generator at the start of the stream that `key` names. */
export function startOf(key: Words): Words {
  const state: Words = [...key]
  stir(state, 16)
  return state
}

/** A key that depends on every bit of `key` and of `label` (a string is taken as UTF-16, a number as its float64 bits). */
export function deriveKey(key: Words, label: string | number): Words {
  const state: Words = [...key]
  const words = typeof label === 'string' ? wordsOfString(label) : wordsOfNumber(label)
  // Kind and length first: no label is then the beginning of another.
  for (const word of [typeof label === 'string' ? 1 : 2, words.length, ...words]) {
    state[0] = (state[0] ^ word) >>> 0
    stir(state, 4)
  }
  stir(state, 16)
  return state
}

function stir(state: Words, times: number): void {
  for (let i = 0; i < times; i++) nextWord(state)
}

function wordsOfString(text: string): number[] {
  return Array.from({ length: text.length }, (_, i) => text.charCodeAt(i))
}

function wordsOfNumber(value: number): number[] {
  const view = new DataView(new ArrayBuffer(8))
  view.setFloat64(0, value === 0 ? 0 : value) // -0 is 0
  return [view.getUint32(0), view.getUint32(4)]
}
