export const id = 307;
export const ids = [307];
export const modules = {

/***/ 5307:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  runTeamCommand: () => (/* binding */ runTeamCommand)
});

// EXTERNAL MODULE: ./lib/errors.js
var errors = __webpack_require__(452);
// EXTERNAL MODULE: external "node:child_process"
var external_node_child_process_ = __webpack_require__(1421);
// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __webpack_require__(8500);
;// CONCATENATED MODULE: ./lib/data/commands/lines.js
/** Characters of a line without an end that are kept; a progress bar needs no more. */
const longest = 64 * 1024;
/** Characters at the end of a cut line that are left out: a secret that was cut in two would not be known for one. */
const margin = 4 * 1024;
/**
 * Cuts what a process prints into lines, whole ones only, so that a secret that comes in two pieces is masked as one.
 * Carriage returns end a line as well.
 */
function lineCutter(emit) {
    let rest = '';
    let skipping = false;
    const finish = (line) => {
        if (!skipping)
            emit(line);
        skipping = false;
    };
    return {
        push(chunk) {
            const lines = (rest + chunk).split(/\r\n|\n|\r(?!$)/);
            rest = lines.pop() ?? '';
            lines.forEach(finish);
            if (rest.length <= longest)
                return;
            if (!skipping)
                emit(`${rest.slice(0, longest - margin)} … (the rest of this line is left out)`);
            skipping = true;
            rest = '';
        },
        end() {
            if (rest !== '')
                finish(rest.replace(/\r$/, ''));
            rest = '';
        },
    };
}

;// CONCATENATED MODULE: ./lib/data/commands/run.js




/** Name of the variable by which the shell gets the script: an argument could be read by every process. */
const scriptVariable = 'DB_BRANCH_SCRIPT';
const start = `s=$${scriptVariable}; unset ${scriptVariable}; eval "$s"`;
const tailLines = 12;
/** Milliseconds between asking a process to end and ending it. */
const grace = 5000;
/**
 * Runs a team's command as a step of a workflow would be: by bash with -e and pipefail where there is one, else by sh -e.
 * It has a process group of its own, so that nothing it started outlives it.
 * @throws CancelledError when the run is cancelled meanwhile; the command is ended first.
 */
async function runCommand(command) {
    const began = performance.now();
    const bash = await attempt(command, 'bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', start]);
    const result = bash ?? (await attempt(command, 'sh', ['-e', '-c', start]));
    if (command.signal.aborted)
        throw new errors/* CancelledError */.cc('cancelled');
    const ms = Math.round(performance.now() - began);
    return result
        ? { ms, ...result }
        : { ms, exit: undefined, ended: 'there is neither bash nor sh on this machine', tail: [] };
}
/** Undefined when there is no such shell. */
async function attempt({ script, directory, env, timeout, signal, line }, shell, args) {
    const tail = [];
    const child = (0,external_node_child_process_.spawn)(shell, args, {
        cwd: directory,
        env: { ...env, [scriptVariable]: script },
        stdio: ['ignore', 'pipe', 'pipe'],
        detached: process.platform !== 'win32',
    });
    const keep = (text) => {
        if (text.trim() !== '')
            tail.push(text);
        if (tail.length > tailLines)
            tail.shift();
        line(text);
    };
    const streams = [child.stdout, child.stderr].map((stream) => {
        const cutter = lineCutter(keep);
        stream.setEncoding('utf8').on('data', (chunk) => cutter.push(chunk));
        return cutter;
    });
    const deadline = AbortSignal.any([signal, AbortSignal.timeout(timeout)]);
    const end = () => void endGroup(child);
    deadline.addEventListener('abort', end, { once: true });
    if (deadline.aborted)
        end();
    try {
        const outcome = await ending(child);
        for (const cutter of streams)
            cutter.end();
        if (outcome === 'missing')
            return undefined;
        if (outcome.exit !== null && !deadline.aborted)
            return { exit: outcome.exit, tail };
        const late = deadline.aborted && !signal.aborted;
        const ended = late
            ? `it did not end within ${Math.round(timeout / 60_000)} min ("command_timeout")`
            : `the signal ${outcome.signal ?? 'of the run'} ended it`;
        return { exit: undefined, ended, tail };
    }
    finally {
        deadline.removeEventListener('abort', end);
        // What it left running in the background would go on with the branch's URL.
        signalGroup(child, 'SIGKILL');
    }
}
function ending(child) {
    return new Promise((resolve, reject) => {
        child.once('error', (error) => error.code === 'ENOENT' ? resolve('missing') : reject(error));
        // A background process can hold the pipes open for ever: the shell's own end counts, and what it printed until then.
        child.once('exit', (exit, signal) => {
            const closed = new Promise((done) => child.once('close', done));
            void Promise.race([closed, (0,promises_.setTimeout)(500)]).then(() => resolve({ exit, signal }));
        });
    });
}
async function endGroup(child) {
    signalGroup(child, 'SIGTERM');
    await (0,promises_.setTimeout)(grace, undefined, { ref: false });
    signalGroup(child, 'SIGKILL');
}
function signalGroup({ pid }, signal) {
    if (pid === undefined)
        return;
    try {
        process.kill(process.platform === 'win32' ? pid : -pid, signal);
    }
    catch {
        // It is gone already, which is what was wanted.
    }
}

;// CONCATENATED MODULE: ./lib/data/commands/team-command.js


/** Lines of its output that the message of a failure repeats; the log has them all. */
const quoted = 3;
/** Characters of each of them. */
const team_command_longest = 300;
/**
 * Runs a command of the team's to its good end.
 * @throws CommandError naming the input, the exit status and the last that it printed.
 */
async function runTeamCommand(input, command) {
    const result = await runCommand(command);
    const { ms, exit } = result;
    if (exit === 0)
        return { ms, exit };
    const failure = failureOf(result);
    // What a command prints can quote rows and literals: it stays in the log, and out of what others may read.
    const report = { ms, exit, failure: `The command of "${input}" ${failure}.` };
    throw new errors/* CommandError */.Qd(`The command of "${input}" ${failure}${wordsOf(result)}.`, report);
}
function failureOf({ exit, ended, ms }) {
    const after = `after ${(ms / 1000).toFixed(1)} s`;
    return exit === undefined
        ? `was ended ${after}: ${ended ?? 'nobody knows why'}`
        : `failed with exit status ${exit} ${after}`;
}
/** What looks like the reason, else the end of it. */
function wordsOf({ tail }) {
    const reasons = tail.filter((line) => /\b(error|fatal|failed|exception|cannot|could not|denied)\b/i.test(line));
    const lines = (reasons.length > 0 ? reasons : tail)
        .slice(-quoted)
        .map((line) => withoutColours(line).trim().slice(0, team_command_longest));
    return lines.length === 0 ? ' and printed nothing' : `; it said: ${lines.join(' | ').replace(/\.$/, '')}`;
}
function withoutColours(line) {
    return line.replace(/\u001B\[[0-9;?]*[A-Za-z]/g, '');
}


/***/ })

};
