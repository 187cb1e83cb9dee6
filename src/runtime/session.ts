import type { InferenceSession } from 'onnxruntime-common'
import { UnmaskError } from '../errors.ts'
import { carriedType } from './convert.ts'
import type { Engine, Session } from './engine.ts'
import { nearest } from './nearest.ts'
import type { Signature } from './protocol.ts'
import type { CompileOptions, TensorType } from './types.ts'

/** The inputs and outputs that a session declares. @throws UnmaskError `graph-use` for types that cannot be carried */
export function signatureOf(session: Session): Signature {
  return { inputs: session.inputMetadata.map(typeOf), outputs: session.outputMetadata.map(typeOf) }
}

function typeOf(value: InferenceSession.ValueMetadata): TensorType {
  const dtype = value.isTensor ? carriedType(value.type) : undefined
  if (!value.isTensor || !dtype) {
    throw new UnmaskError('graph-use', `"${value.name}" is ${value.isTensor ? value.type : 'no tensor'}; cast it`)
  }
  return { name: value.name, dtype, shape: [...value.shape] }
}

/**
 * Holds the names in the options against the model's.
 * @throws UnmaskError `graph-use` naming the unknown one, or the state that two outputs would replace
 */
export function checkOptions(signature: Signature, options: CompileOptions, place: Engine['state']): void {
  const { stateInputs = [], updates = {} } = options
  const inputs = signature.inputs.map(({ name }) => name)
  const outputs = signature.outputs.map(({ name }) => name)
  for (const name of stateInputs) {
    if (!inputs.includes(name)) throw new UnmaskError('graph-use', `no state input "${name}"${nearest(name, inputs)}`)
  }
  const float64 = signature.outputs.find(({ name, dtype }) => dtype === 'float64' && Object.hasOwn(updates, name))
  if (place === 'device' && float64) {
    throw new UnmaskError('graph-use', `output "${float64.name}": WebGPU holds no float64 state; cast it to float32`)
  }
  const replaced = new Set<string>()
  for (const [output, state] of Object.entries(updates)) {
    if (!outputs.includes(output)) {
      throw new UnmaskError('graph-use', `no output "${output}" to update with${nearest(output, outputs)}`)
    }
    if (replaced.has(state)) throw new UnmaskError('graph-use', `two outputs would replace the state "${state}"`)
    replaced.add(state)
  }
}
