/** Where definitions come from, as the reference page prints it. */
export const SOURCES = {
  metron:
    'Agrawal et al., Metron: Holistic Performance Evaluation Framework for LLM Inference Systems, arXiv 2407.07000',
  algorithm1: 'Agrawal et al., arXiv 2407.07000, Algorithm 1',
  conventional: 'Conventional; as used in Agrawal et al., arXiv 2407.07000, section 2',
  orca: 'Yu et al., Orca: A Distributed Serving System for Transformer-Based Generative Models, OSDI 2022',
  instrument: 'Metron: the instrument observing itself',
} as const
