import type { YAMLError } from '../yaml.js'

/** What the YAML parser says, without the excerpt of the text below it: the end of a sentence. */
export function yamlFault({ message }: YAMLError): string {
  return `${message.split('\n', 1)[0]?.replace(/[:.]$/, '') ?? ''}.`.replaceAll(/\p{C}/gu, '\uFFFD')
}
