import { UnmaskError } from '../errors.ts'
import { typeText } from '../graph/types.ts'
import { Random } from '../tensor/random.ts'
import { type Tensor, zeros } from '../tensor/tensor.ts'
import type { NetworkConfig } from './config.ts'
import { parametersOf } from './parameters.ts'
import type { Initial, Parameter } from './scope.ts'

/** The tensors of a network, by name. */
export type Weights = Readonly<Record<string, Tensor>>

/**
 * First values of every parameter. Each has a random stream of its own, named after it, so a change in one part of the
 * network leaves the start of the others as it was.
 */
export function initialWeights(config: NetworkConfig, seed: number | string): Record<string, Tensor> {
  return drawParameters(parametersOf(config), seed)
}

/** First values of any parameters. */
export function drawParameters(parameters: Iterable<Parameter>, seed: number | string): Record<string, Tensor> {
  const random = new Random(seed)
  return Object.fromEntries([...parameters].map((parameter) => [parameter.name, draw(parameter, random)]))
}

function draw({ name, shape, initial }: Parameter, random: Random): Tensor {
  const own = random.fork(name)
  const kinds: { [K in Initial['kind']]: (initial: Extract<Initial, { kind: K }>) => Tensor } = {
    constant: ({ value }) => {
      const tensor = zeros('float32', shape)
      tensor.data.fill(value)
      return tensor
    },
    uniform: ({ low, high }) => own.uniformTensor(shape, low, high),
    normal: ({ deviation }) => own.normalTensor(shape, 0, deviation),
    binary: () => own.bernoulliTensor(shape, 1 / 2),
  }
  return kinds[initial.kind](initial as never)
}

/**
 * Whether these are the weights of this network: all of its tensors and no other, float32, in the right shapes.
 * @param source what to call the weights in errors
 * @throws UnmaskError `weights-mismatch` naming what is missing, unknown or of another shape
 */
export function checkWeights(weights: Weights, config: NetworkConfig, source = 'the weights'): void {
  const parameters = parametersOf(config)
  const known = new Set(parameters.map(({ name }) => name))
  const missing = parameters.filter(({ name }) => !Object.hasOwn(weights, name))
  const unknown = Object.keys(weights).filter((name) => !known.has(name))
  const misshapen = parameters.filter(({ name, shape }) => {
    const tensor = Object.hasOwn(weights, name) ? weights[name] : undefined
    return tensor !== undefined && (tensor.dtype !== 'float32' || `${tensor.shape}` !== `${shape}`)
  })
  const faults = [
    ...listing('missing', missing, ({ name, shape }) => `${name} [${shape}]`),
    ...listing('unknown', unknown, (name) => name),
    ...listing('of another type or shape', misshapen, ({ name, shape }) => {
      return `${name} ${typeText(weights[name]!)}, needed float32[${shape}]`
    }),
  ]
  if (faults.length === 0) return
  throw new UnmaskError('weights-mismatch', `${source} do not fit the network: ${faults.join('; ')}`)
}

/** How many faults of one kind to name. */
const shown = 5

function listing<T>(what: string, items: readonly T[], text: (item: T) => string): string[] {
  if (items.length === 0) return []
  const more = items.length > shown ? ', ...' : ''
  return [`${items.length} ${what} (${items.slice(0, shown).map(text).join(', ')}${more})`]
}
