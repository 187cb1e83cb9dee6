import { loadShipped } from '../shipped/shipped.ts'

/**
 * BlazeFace "back" as ONNX; see models/face/README.md.
 * @throws UnmaskError `file-access`, `package-damaged`, `digest-missing`
 */
export function loadBlazeFace(): Promise<Uint8Array<ArrayBuffer>> {
  return loadShipped({
    url: new URL('../../models/face/blazeface-back.onnx', import.meta.url),
    hash: '427cbbe0fc41448d09e1dc9cfabe2423d997cf2faaeab91fadd09a510b63b8e2',
  })
}
