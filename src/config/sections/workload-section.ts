import * as z from 'zod'
import { type ConfigExtensions, kindsOf } from '../config-extensions.ts'
import { extensionSpec } from '../extension-spec.ts'
import { optional } from '../optional.ts'

/** What requests ask for. */
export function workloadSection(extensions: ConfigExtensions) {
  const lengths = () => extensionSpec(extensions.lengths, { kind: 'fixed', option: 'tokens' })
  return z.strictObject({
    prompt: lengths()
      .prefault('lognormal:median=256,sigma=0.7,max=2048')
      .meta({
        flag: 'prompt-tokens',
        placeholder: 'spec',
        description: `Prompt length in tokens: a number, or ${kindsOf(extensions.lengths)} with options`,
      }),
    output: lengths().prefault('128').meta({
      flag: 'output-tokens',
      placeholder: 'spec',
      description: 'Answer length in tokens, written in the same way',
    }),
    trace: optional(z.string().min(1)).meta({
      flag: 'trace',
      placeholder: 'file',
      description: 'CSV of num_prefill_tokens,num_decode_tokens; replaces both lengths',
    }),
    tracePrefillScale: z.number().positive().prefault(1).meta({
      flag: 'trace-prefill-scale',
      placeholder: 'factor',
      description: 'Factor on the prompt lengths of the trace',
    }),
    traceDecodeScale: z.number().positive().prefault(1).meta({
      flag: 'trace-decode-scale',
      placeholder: 'factor',
      description: 'Factor on the answer lengths of the trace',
    }),
    traceMaxTokens: optional(z.int().min(2)).meta({
      flag: 'trace-max-tokens',
      placeholder: 'count',
      description: 'Most tokens of prompt and answer together; longer rows are trimmed proportionally',
    }),
    sharedPrefixTokens: z.int().min(0).prefault(0).meta({
      flag: 'shared-prefix',
      placeholder: 'count',
      description: 'Tokens that all prompts share at their start; 0: no two prompts share a prefix',
    }),
    tokenizer: z.string().min(1).prefault('builtin').meta({
      flag: 'tokenizer',
      placeholder: 'file',
      description:
        "The model's tokenizer.json (Hugging Face format), or o200k_base if the model has that one; builtin: the same, for prompt lengths only",
    }),
  })
}
