/**
 * ONNX Runtime (since 1.29) tells its maker names and hashes of models, and keeps files for that, unless its process has
 * this in its environment. Only the main thread of Node can put it there: who opens devices from a worker thread of
 * their own has to set it before.
 */
export const withoutTelemetry = { ORT_DISABLE_TELEMETRY: '1' } as const
