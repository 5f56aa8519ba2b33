import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'

/** A place in the source, as `src/lifecycle/execute.ts:12`. */
export type Place = string

/** The TypeScript sources below `folder`, parsed with types. */
export function sources(root: string, folder = 'src'): { files: ts.SourceFile[]; checker: ts.TypeChecker } {
  const names = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(root, folder, name))
  const program = ts.createProgram(names, {
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    strict: true,
    skipLibCheck: true,
    noEmit: true,
    types: [],
  })
  const files = program.getSourceFiles().filter((file) => names.includes(join(file.fileName)))
  return { files, checker: program.getTypeChecker() }
}

/** Names that only the entry and the composition root may say: time and chance reach the rest through ports. */
const clockOrChance = /^(Date\.now|Math\.random|performance\.now|crypto\.(getRandomValues|randomUUID|randomBytes))$/
const clockOrChanceImport = /^(randomBytes|randomUUID|randomInt|randomFillSync|randomFill|hrtime)$/

export const readsEnvironment = (file: ts.SourceFile): Place[] =>
  places(
    file,
    (node) =>
      (ts.isPropertyAccessExpression(node) && /\bprocess\??\.env$/.test(node.getText())) ||
      (ts.isElementAccessExpression(node) && node.expression.getText() === 'process') ||
      (ts.isVariableDeclaration(node) && /^(globalThis\.)?process$/.test(node.initializer?.getText() ?? '')) ||
      (isImportFrom(node, /^(node:)?process$/) && /\benv\b|default|\* as/.test(node.getText())),
  )

export const readsClockOrChance = (file: ts.SourceFile): Place[] =>
  places(
    file,
    (node) =>
      (ts.isPropertyAccessExpression(node) && clockOrChance.test(node.getText().replace(/^globalThis\./, ''))) ||
      (ts.isNewExpression(node) && node.expression.getText() === 'Date' && (node.arguments?.length ?? 0) === 0) ||
      (ts.isCallExpression(node) && node.expression.getText() === 'Date') ||
      (ts.isImportSpecifier(node) && clockOrChanceImport.test((node.propertyName ?? node.name).text)) ||
      (ts.isPropertyAccessExpression(node) && clockOrChanceImport.test(node.name.text)),
  )

/**
 * Every mention of the `delete` method of the port `Provider`, whatever the variable is called: a call, a reference
 * that is passed on, or one taken out by destructuring.
 */
export function deletesBranches({ files, checker }: ReturnType<typeof sources>): Place[] {
  const isProviderDelete = (symbol: ts.Symbol | undefined): boolean =>
    (symbol?.declarations ?? []).some(
      (declaration) => ts.isInterfaceDeclaration(declaration.parent) && declaration.parent.name.text === 'Provider',
    )
  const named = (node: ts.Node): boolean => {
    if (ts.isPropertyAccessExpression(node) && node.name.text === 'delete') {
      return isProviderDelete(checker.getSymbolAtLocation(node.name))
    }
    if (ts.isElementAccessExpression(node) && /^['"`]delete['"`]$/.test(node.argumentExpression.getText())) {
      return isProviderDelete(checker.getTypeAtLocation(node.expression).getProperty('delete'))
    }
    if (ts.isBindingElement(node) && (node.propertyName ?? node.name).getText() === 'delete') {
      return isProviderDelete(checker.getTypeAtLocation(node.parent).getProperty('delete'))
    }
    return false
  }
  return files.flatMap((file) => places(file, named))
}

const isImportFrom = (node: ts.Node, specifier: RegExp): node is ts.ImportDeclaration =>
  ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier) && specifier.test(node.moduleSpecifier.text)

function places(file: ts.SourceFile, matches: (node: ts.Node) => boolean): Place[] {
  const found: Place[] = []
  const visit = (node: ts.Node): void => {
    if (matches(node)) {
      const line = file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1
      found.push(`${file.fileName.slice(file.fileName.lastIndexOf('/src/') + 1)}:${line}`)
    }
    ts.forEachChild(node, visit)
  }
  visit(file)
  return found
}
