import { cliPage } from './cli-page.ts'
import { compatPage } from './compat-page.ts'
import { configPage } from './config-page.ts'
import { metricsPage } from './metrics-page.ts'

/** The pages of `docs/reference/` that are made from the code, by file name. */
export async function referencePages(): Promise<Readonly<Record<string, string>>> {
  return {
    'metrics.md': metricsPage(),
    'config.md': configPage(),
    'compat.md': compatPage(),
    'cli.md': await cliPage(),
  }
}
