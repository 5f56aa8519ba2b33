/**
 * Variables of the job that a team's command gets. Everything else stays out: tokens of the runner, inputs of the
 * action, files by which a process orders the runner about, and secrets of the job, whose names nobody can foresee.
 * Names by which tools find themselves, their caches and their packages are those that setup actions set.
 */
const passed = [
  /^(PATH|PATHEXT|HOME|USER|USERNAME|LOGNAME|SHELL|PWD|TMP|TEMP|TMPDIR|TERM|TZ|LANG|LANGUAGE|COLUMNS|NO_COLOR|FORCE_COLOR)$/,
  /^(COMSPEC|SYSTEMROOT|SYSTEMDRIVE|WINDIR|PROGRAMFILES.*|PROGRAMDATA|APPDATA|LOCALAPPDATA|USERPROFILE)$/,
  /^(CI|DEBIAN_FRONTEND|NODE_ENV|RAILS_ENV|RACK_ENV|MIX_ENV|APP_ENV|FLASK_ENV|DJANGO_SETTINGS_MODULE|DOTNET_ENVIRONMENT|ASPNETCORE_ENVIRONMENT)$/,
  /^LC_[A-Z]+$/,
  /^(JAVA_HOME(_.*)?|GRADLE_HOME|MAVEN_HOME|M2_HOME|GOROOT|GOPATH|GOROOT_.*|CARGO_HOME|RUSTUP_HOME|DOTNET_ROOT|GEM_HOME|GEM_PATH|BUNDLE_(PATH|GEMFILE|WITHOUT)|RUBYLIB|PYTHONPATH|VIRTUAL_ENV|PYTHONLOCATION|PYTHON[23]?_ROOT_DIR|LD_LIBRARY_PATH|PNPM_HOME|COREPACK_HOME|NVM_DIR|NVM_BIN|VOLTA_HOME|BUN_INSTALL|DENO_DIR|DENO_INSTALL|XDG_(CONFIG|CACHE|DATA)_HOME)$/,
  // By the last one the runner finds what a job that was cut off has left running.
  /^RUNNER_(OS|ARCH|TEMP|TOOL_CACHE|NAME|TRACKING_ID)$/,
  /^GITHUB_(ACTIONS|WORKSPACE|REPOSITORY|SHA|REF|REF_NAME|HEAD_REF|BASE_REF|RUN_ID|RUN_NUMBER|EVENT_NAME|ACTOR|SERVER_URL|API_URL)$/,
  /^CI_(PROJECT_DIR|PROJECT_PATH|COMMIT_SHA|COMMIT_REF_NAME|MERGE_REQUEST_IID|PIPELINE_ID|JOB_ID)$/,
]

/** Never passed, also when somebody asks for them: they hold the action's own keys or steer the runner. */
const kept = /^(INPUT_|STATE_|ACTIONS_|GITHUB_(TOKEN|ENV|OUTPUT|PATH|STATE|STEP_SUMMARY)$|GH_TOKEN$|CI_JOB_TOKEN$)/

/** Why a variable may not be passed on by name, as the end of a sentence; undefined when it may. */
export function passingFault(name: string): string | undefined {
  if (!/^[A-Za-z_][A-Za-z0-9_]{0,99}$/.test(name)) return 'is no name of a variable'
  return kept.test(name.toUpperCase())
    ? 'is kept from commands, because it holds a key or steers the runner'
    : undefined
}

/** Whether a command gets this variable of the job; `asked` are the names that the workflow adds. */
export function isPassed(name: string, asked: readonly string[]): boolean {
  const upper = name.toUpperCase()
  return !kept.test(upper) && (asked.includes(name) || passed.some((pattern) => pattern.test(upper)))
}
