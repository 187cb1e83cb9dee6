import {
  type Device,
  type DeviceOptions,
  type DeviceReport,
  openDevice,
  type Program,
  processorKind,
} from '../runtime/index.ts'

export interface FaceNetworkOptions extends DeviceOptions {
  /** The network as ONNX; default: the file in the package. For bundlers that do not find it. */
  readonly model?: Uint8Array
  /** An open device to share with others, which stays open; default: one of its own. */
  readonly on?: Device
}

/** A network that finds something of faces. */
export interface FaceNetwork extends AsyncDisposable {
  readonly report: DeviceReport
  readonly run: Program['run']
}

/** A device for such networks: one thread of the processor, as they are so small that getting a picture to a GPU costs more. */
export function openFaceDevice(options: DeviceOptions = {}): Promise<Device> {
  return openDevice({ device: processorKind(), threads: 1, ...options })
}

/**
 * Opens a network on a device.
 * @param load reads the file of the package
 * @throws UnmaskError `device-missing`, `device-failed`, `usage`, and what `load` throws
 */
export async function openFaceNetwork(
  load: () => Promise<Uint8Array>,
  { model, on, ...options }: FaceNetworkOptions,
): Promise<FaceNetwork> {
  const device = on ?? (await openFaceDevice(options))
  try {
    const program = await device.compile(model ?? (await load()))
    return {
      report: device.report,
      run: (feeds, running) => program.run(feeds, running),
      [Symbol.asyncDispose]: () => (on ? program.dispose() : device.dispose()),
    }
  } catch (error) {
    if (!on) await device.dispose()
    throw error
  }
}
