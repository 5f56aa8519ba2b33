import type { GitHubPorts } from './forges/github/index.js'
import type { Config } from './inputs.js'
import { lawOf, type OpenLaw } from './lifecycle/law.js'
import type { ProviderWorld } from './open-provider.js'
import type { MaskingKey, SealMasking } from './ports.js'

/** Where pull request, policy file and environments are. Loaded on demand: what ends before its first request needs none. */
export async function openForge(
  world: ProviderWorld,
  { repository, githubToken, environment }: Config,
): Promise<GitHubPorts> {
  const { openGitHub } = await import('./forges/github/index.js')
  return openGitHub({ ...world, repository, token: githubToken, environment })
}

/** What branches may hold, by the policy file of the default branch. */
export function openLaw({ policyFile: path, mergeCommit: ref }: Config, github: GitHubPorts): OpenLaw {
  return lawOf({
    path,
    text: () => github.readFile({ path }),
    ...(ref !== undefined && { proposed: () => github.readFile({ path, ref }) }),
    parse: async (text) => (await import('./data/policy-file.js')).readPolicyFile(path, text),
  })
}

/** One key per run: whatever it masks maps alike. Loaded on demand: few runs mask. */
export function openMasking({ random }: ProviderWorld, { maskingKey: given }: Config): SealMasking {
  let key: MaskingKey | undefined
  return async (rules) => {
    const { maskingKey, maskingOrder } = await import('./data/masking/key.js')
    key ??= maskingKey(given, random)
    return maskingOrder(rules, key)
  }
}
