/** What stands where a number is missing. Never `0`: nothing measured and zero measured are different answers. */
export const MISSING = '–'
