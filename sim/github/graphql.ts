/**
 * The GraphQL API: GitHub's published schema, resolvers over the same state as the REST routes. A query is validated and
 * then really executed; a field the state knows nothing about is a violation, not a null.
 */
import { readFile } from 'node:fs/promises'
import {
  GraphQLError,
  Kind,
  buildClientSchema,
  execute,
  parse,
  validate,
  visit,
  type DocumentNode,
  type FieldNode,
  type GraphQLFieldResolver,
  type GraphQLSchema,
  type IntrospectionQuery,
} from 'graphql'
import type { Answer } from '../http/answer.js'
import type { GraphqlContext } from './graphql-context.js'
import { repositoryResolver } from './graphql-repository.js'
import { isJson, timestamp, type Json } from '../http/json.js'
import { budgets, spend } from './rate-limit.js'

let shared: Promise<GraphQLSchema> | undefined

/** The file alone: the package itself also builds a schema, checked, at half a second for each test file. */
async function loadSchema(): Promise<GraphQLSchema> {
  const file = new URL('schema.json', import.meta.resolve('@octokit/graphql-schema'))
  const introspection = JSON.parse(await readFile(file, 'utf8')) as IntrospectionQuery
  return buildClientSchema(introspection, { assumeValid: true })
}

const strictField: GraphQLFieldResolver<unknown, GraphqlContext> = (...[source, args, context, info]) => {
  if (!isJson(source) || !(info.fieldName in source)) {
    const field = `${info.parentType.name}.${info.fieldName}`
    context.violate(`${field} is not simulated`)
    throw new GraphQLError(`${field} is not simulated`)
  }
  const value = source[info.fieldName]
  return typeof value === 'function'
    ? (value as (args: unknown, context: GraphqlContext) => unknown)(args, context)
    : value
}

function pageSize(node: FieldNode, variables: Json): number | undefined {
  const argument = node.arguments?.find(({ name }) => name.value === 'first' || name.value === 'last')?.value
  if (argument?.kind === Kind.INT) return Number(argument.value)
  return argument?.kind === Kind.VARIABLE ? Number(variables[argument.name.value]) : undefined
}

/**
 * Requests needed to fill every connection, divided by 100, at least 1.
 * https://docs.github.com/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api
 */
function queryCost(document: DocumentNode, variables: Json): number {
  let requests = 0
  const parents = [1]
  visit(document, {
    Field: {
      enter: (node) => {
        const size = pageSize(node, variables)
        const within = parents.at(-1) ?? 1
        if (size !== undefined) requests += within
        parents.push(size === undefined ? within : within * size)
      },
      leave: () => void parents.pop(),
    },
  })
  return Math.max(1, Math.round(requests / 100))
}

const root = {
  repository: repositoryResolver,
  // Unlike elsewhere in the graph, a bot's own login comes with its suffix, as in REST.
  viewer: (_args: unknown, { identity }: GraphqlContext): Json => ({ login: identity.account.login }),
  rateLimit: (_args: unknown, { identity, state, cost }: GraphqlContext): Json => {
    const { limit, remaining, used, reset } = budgets(identity, state.now()).graphql
    return { cost, limit, remaining, used, resetAt: timestamp(new Date(reset * 1000)) }
  },
}

function rejected(context: GraphqlContext, errors: readonly GraphQLError[]): Answer {
  for (const { message } of errors) context.violate(message)
  return { status: 200, body: { errors: errors.map(({ message, locations = [] }) => ({ message, locations })) } }
}

/** What the schema says of a query does not change, and a test asks the same few queries thousands of times. */
const checked = new Map<string, DocumentNode | readonly GraphQLError[]>()

function check(schema: GraphQLSchema, query: string): DocumentNode | readonly GraphQLError[] {
  const before = checked.get(query)
  if (before !== undefined) return before
  const document = parsed(query)
  const errors = document instanceof GraphQLError ? [document] : validate(schema, document)
  const result = errors.length > 0 ? errors : (document as DocumentNode)
  checked.set(query, result)
  return result
}

function parsed(query: string): DocumentNode | GraphQLError {
  try {
    return parse(query)
  } catch (error) {
    if (error instanceof GraphQLError) return error
    throw error
  }
}

export async function answerGraphql(body: unknown, caller: Omit<GraphqlContext, 'cost'>): Promise<Answer> {
  const schema = await (shared ??= loadSchema())
  const context: GraphqlContext = { ...caller, cost: 1 }
  if (!isJson(body) || typeof body.query !== 'string')
    return rejected(context, [new GraphQLError('A query attribute must be specified and must be a string.')])
  const unknown = Object.keys(body).filter((key) => !['query', 'variables', 'operationName'].includes(key))
  if (unknown.length > 0) context.violate(`unknown body keys ${unknown.join(', ')}`)
  const document = check(schema, body.query)
  if (!('kind' in document)) return rejected(context, document)
  const variables = isJson(body.variables) ? body.variables : {}
  context.cost = queryCost(document, variables)
  const refused = spend(caller.identity, 'graphql', context.cost)
  if (refused !== undefined) return refused
  const result = await execute({
    schema,
    document,
    rootValue: root,
    contextValue: context,
    variableValues: variables,
    operationName: typeof body.operationName === 'string' ? body.operationName : null,
    fieldResolver: strictField,
  })
  return { status: 200, body: { ...result, ...(result.errors ? { errors: toldErrors(context, result.errors) } : {}) } }
}

function toldErrors(context: GraphqlContext, errors: readonly GraphQLError[]): Json[] {
  return errors.map(({ message, path, locations = [], extensions }) => {
    // Whatever GitHub would not have typed is a mistake in the query: a missing variable, a value of the wrong type.
    if (extensions.type === undefined) context.violate(message)
    return { type: extensions.type, path, locations, message }
  })
}
