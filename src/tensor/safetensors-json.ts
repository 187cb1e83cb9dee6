/**
 * Reads JSON as a safetensors header may use it: what `JSON.parse` silently lets pass is an error here. Keys given twice
 * would hide a tensor, `__proto__` is dangerous as an object key later, and nesting is never deep.
 * @throws SyntaxError with the problem in words.
 */
export function parseStrictJson(text: string): unknown {
  checkStructure(text)
  return JSON.parse(text)
}

/** An entry's shape is the deepest thing in a header: object, entry, list. */
const deepest = 3

/** Looks at brackets and keys only; that the rest is JSON is left to `JSON.parse`. */
function checkStructure(text: string): void {
  const open: Set<string>[] = []
  for (let i = 0; i < text.length; i++) {
    const character = text[i]
    if (character === '{' || character === '[') {
      if (open.push(new Set()) > deepest) throw new SyntaxError(`nested deeper than ${deepest} levels at ${i}`)
    } else if (character === '}' || character === ']') {
      open.pop()
    } else if (character === '"') {
      const end = endOfString(text, i)
      if (isKey(text, end)) addKey(open.at(-1), JSON.parse(text.slice(i, end)) as string)
      i = end - 1
    }
  }
}

/** The place after the closing quote of the string that opens at `start`. */
function endOfString(text: string, start: number): number {
  for (let i = start + 1; i < text.length; i++) {
    if (text[i] === '\\') i += 1
    else if (text[i] === '"') return i + 1
  }
  throw new SyntaxError(`the string at ${start} does not end`)
}

function isKey(text: string, end: number): boolean {
  let next = end
  while (next < text.length && ' \t\r\n'.includes(text[next]!)) next += 1
  return text[next] === ':'
}

function addKey(keys: Set<string> | undefined, key: string): void {
  if (key === '__proto__') throw new SyntaxError('a key is "__proto__"')
  if (!key.isWellFormed()) throw new SyntaxError(`the key ${JSON.stringify(key)} is not well-formed text`)
  if (keys?.has(key)) throw new SyntaxError(`the key ${JSON.stringify(key)} is given twice`)
  keys?.add(key)
}
