import type { ResolvedOptions } from './options.ts'
import type { Video, VideoSource } from './video.ts'

/** What differs between Node and the browser; `#video-platform` in package.json chooses. */
export interface VideoPlatform {
  /** @throws UnmaskError as `openVideo` */
  open(source: VideoSource, options: ResolvedOptions & { readonly signal?: AbortSignal }): Promise<Video>
}
