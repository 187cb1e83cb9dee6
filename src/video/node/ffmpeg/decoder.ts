import { AVERROR_INVALIDDATA, FF_THREAD_FRAME, FF_THREAD_SLICE } from 'node-av/constants'
import { CodecContext, Dictionary } from 'node-av/lib'
import { UnmaskError } from '../../../errors.ts'
import type { Demuxer } from './demuxer.ts'
import { reasonOf } from './reasons.ts'

/** A decoder for the demuxer's video. @throws UnmaskError `video-codec`, `video-damaged` */
export async function openDecoder(
  { stream, codec, codecName }: Demuxer,
  { pixels, threads }: { readonly pixels: number; readonly threads: number },
): Promise<CodecContext> {
  const decoder = new CodecContext()
  try {
    decoder.allocContext3(codec)
    decoder.parametersToContext(stream.codecpar)
    decoder.pktTimebase = stream.timeBase
    decoder.threadCount = threads
    decoder.threadType = (FF_THREAD_FRAME | FF_THREAD_SLICE) as typeof FF_THREAD_FRAME
    // The decoder checks each size before it takes memory for it.
    using options = Dictionary.fromObject({ max_pixels: String(pixels) })
    const status = await decoder.open2(codec, options)
    if (status < 0) {
      const code = status === AVERROR_INVALIDDATA ? 'video-damaged' : 'video-codec'
      throw new UnmaskError(code, `the ${codecName} decoder does not start (${await reasonOf(status)})`)
    }
    return decoder
  } catch (error) {
    decoder[Symbol.dispose]()
    throw error
  }
}
