/** What a vendor's data sheet says of an accelerator. */
export interface Accelerator {
  /** In names of engines, lower case. */
  readonly name: string
  readonly source: string
  /** Dense bfloat16, without sparsity. */
  readonly peakFlopsPerSec: number
  readonly bandwidthBytesPerSec: number
  readonly memoryBytes: number
  /** To the other accelerators of its node, one direction: half of the figure that data sheets give for both. */
  readonly linkBytesPerSec: number
}

/** Memory sold as so many GB is made of stacks of binary gigabytes. */
const GIB = 2 ** 30

export const ACCELERATORS: readonly Accelerator[] = [
  {
    name: 'a100',
    source: 'NVIDIA A100 Tensor Core GPU data sheet, A100 80GB SXM: 312 TFLOPS, 2,039 GB/s, NVLink 600 GB/s',
    peakFlopsPerSec: 312e12,
    bandwidthBytesPerSec: 2.039e12,
    memoryBytes: 80 * GIB,
    linkBytesPerSec: 300e9,
  },
  {
    name: 'h100',
    source:
      'NVIDIA H100 Tensor Core GPU data sheet, H100 SXM: 1,979 TFLOPS with sparsity, half without; 3.35 TB/s, NVLink 900 GB/s',
    peakFlopsPerSec: 989.4e12,
    bandwidthBytesPerSec: 3.35e12,
    memoryBytes: 80 * GIB,
    linkBytesPerSec: 450e9,
  },
  {
    name: 'h200',
    source:
      'NVIDIA H200 Tensor Core GPU data sheet, H200 SXM: 1,979 TFLOPS with sparsity, half without; 4.8 TB/s, 141 GB, NVLink 900 GB/s',
    peakFlopsPerSec: 989.4e12,
    bandwidthBytesPerSec: 4.8e12,
    // Not a whole number of stacks is usable: the decimal figure is the safe one.
    memoryBytes: 141e9,
    linkBytesPerSec: 450e9,
  },
  {
    name: 'mi300x',
    source: 'AMD Instinct MI300X data sheet: 1,307.4 TFLOPS, 5.3 TB/s, 192 GB, seven links of 128 GB/s',
    peakFlopsPerSec: 1307.4e12,
    bandwidthBytesPerSec: 5.3e12,
    memoryBytes: 192 * GIB,
    linkBytesPerSec: 448e9,
  },
]
