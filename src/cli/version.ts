import type { Command } from 'commander'
import { version } from '../version.ts'

/** `unmask version`: what a report of a fault should begin with. */
export function registerVersion(program: Command): void {
  program
    .command('version')
    .description('print the versions of unmask, Node and the system')
    .action(() => {
      console.log(`unmask ${version}`)
      console.log(`node ${process.versions.node}`)
      console.log(`system ${process.platform}-${process.arch}`)
    })
}
