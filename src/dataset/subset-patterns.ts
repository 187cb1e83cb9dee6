/** Whether the name of a subset is one of those asked for. @param patterns in which * stands for any text */
export function isOneOf(subset: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => {
    const parts = pattern.split('*').map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'))
    return new RegExp(`^${parts.join('.*')}$`).test(subset)
  })
}
