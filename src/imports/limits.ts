/** Sentences about what files cannot support that more than one tool has in common. */
export const LIMITS = {
  noDue:
    'The file holds no due times: latency counts from the sending, and time that requests waited in the client before it is lost.',
  noStarts:
    'The file holds no start times: all requests are laid at 0. Throughputs, the load, the requests in flight and a warm-up in time mean nothing.',
  noStart: 'The file does not say when the run began; the date of the file stands for it.',
  spread: 'The file tells the tokens of an answer, not of a chunk: they were spread evenly over the chunks.',
  noFailed:
    'Failed requests are not in the file: the error rate is not known, and nothing counts as missed for them.',
  noEnds: 'An answer ends with its last chunk: the end of the body is not in the file.',
} as const
