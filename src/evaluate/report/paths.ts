/** The folder that all paths are in, with its last slash; empty where there is none, or one path only. */
export function commonFolder(paths: readonly string[]): string {
  if (paths.length < 2) return ''
  let folder = paths[0]!
  for (const path of paths) {
    while (!path.startsWith(folder)) folder = folder.slice(0, -1)
  }
  return folder.slice(0, Math.max(folder.lastIndexOf('/'), folder.lastIndexOf('\\')) + 1)
}
