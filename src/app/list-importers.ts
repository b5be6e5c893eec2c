export { IMPORTERS } from '../imports/importers.ts'
