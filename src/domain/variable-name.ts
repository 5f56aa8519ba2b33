/**
 * Variables by which programs find other programs, load code, take orders or trust certificates. Nobody needs a database
 * URL in one, and a later step would break or obey it. Compared without regard to case, as Windows does.
 */
const reserved = [
  // The runner and its toolkit: actions/runner docs, "Default environment variables".
  /^(GITHUB|RUNNER|ACTIONS|INPUT|STATE|AGENT|IMAGE)(_|$)/,
  /^(CI|ENV|HOME|USER|USERNAME|LOGNAME|SHELL|SHELLOPTS|IFS|PWD|OLDPWD|PS[0-9]|PROMPT_COMMAND|CDPATH|TERM|LANG|TZ)$/,
  /^(PATH|PATHEXT|COMSPEC|SYSTEMROOT|WINDIR|TMP|TEMP|TMPDIR|EDITOR|VISUAL|PAGER|MANPATH|CLASSPATH|PSMODULEPATH)$/,
  /^(LC|LD|DYLD|BASH|ZDOTDIR|XDG|SSH|GIT|GPG|DOCKER|BUILDKIT|KUBECONFIG|AWS|AZURE|GOOGLE)(_|$)/,
  /^(NODE|NPM|YARN|PNPM|BUN|DENO|TS_NODE|JAVA|JDK|_JAVA|MAVEN|GRADLE|PERL|PERL5|PYTHON|PIP|RUBY|GEM|BUNDLE|PHP|GO|CARGO|RUST|RUSTUP|DOTNET|CORECLR)/,
  /^(HTTPS?|ALL|NO|FTP)_PROXY$/,
  /^(SSL|CURL|OPENSSL|REQUESTS)_/,
]

/** Why no URL may be exported under this name, as the end of a sentence; undefined when it may. */
export function variableNameFault(name: string): string | undefined {
  if (name.length > 100 || !/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
    return 'is no name of a variable, which holds letters, digits and "_" and starts with no digit'
  }
  const upper = name.toUpperCase()
  if (reserved.some((pattern) => pattern.test(upper))) return 'means something to the runner, a shell or a program'
  if (/^PG[A-Z]/.test(upper)) return 'is read by PostgreSQL programs, which want no URL in it; "PG*" sets all of them'
  return undefined
}
