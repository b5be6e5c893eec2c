import type { Sequence, SequenceState, SimulatedRequest } from '../sequence.ts'

/** A request as the replica that has it sees it. */
export interface Leg<Request extends SimulatedRequest> extends SimulatedRequest {
  readonly outside: Outside<Request>
}

/** A sequence as seen from outside the fleet: the same one on whichever replica it is. */
export interface Outside<Request extends SimulatedRequest> extends Sequence<Request> {
  /** What the replica has; before the first submit `null`. */
  inner: Sequence<Leg<Request>> | null
  /** Which replica has it, or had it last. */
  replica: number
  /** It went down with its replica. */
  isLost: boolean
}

/** Everything that a replica knows is read there, when somebody asks. */
export function outsideOf<Request extends SimulatedRequest>(
  request: Request,
  arrivalNs: number,
  order: number,
): Outside<Request> {
  return new OutsideSequence(request, arrivalNs, order)
}

class OutsideSequence<Request extends SimulatedRequest> implements Outside<Request> {
  readonly request: Request
  readonly arrivalNs: number
  readonly order: number
  inner: Sequence<Leg<Request>> | null = null
  replica = 0
  isLost = false

  constructor(request: Request, arrivalNs: number, order: number) {
    this.request = request
    this.arrivalNs = arrivalNs
    this.order = order
  }

  get state(): SequenceState {
    return this.isLost ? 'failed' : (this.inner?.state ?? 'waiting')
  }
  get prefillTokens() {
    return this.inner?.prefillTokens ?? this.request.promptTokens
  }
  get prefilledTokens() {
    return this.inner?.prefilledTokens ?? 0
  }
  get emittedTokens() {
    return this.inner?.emittedTokens ?? 0
  }
  get heldTokens() {
    return this.inner?.heldTokens ?? 0
  }
  get sharedBlocks() {
    return this.inner?.sharedBlocks ?? 0
  }
  get cachedTokens() {
    return this.inner?.cachedTokens ?? 0
  }
  get preemptions() {
    return this.inner?.preemptions ?? 0
  }
  get resumes() {
    return this.inner?.resumes ?? false
  }
  get prefillStartNs() {
    return this.inner?.prefillStartNs ?? null
  }
  get prefillEndNs() {
    return this.inner?.prefillEndNs ?? null
  }
}
