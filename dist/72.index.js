export const id = 72;
export const ids = [72];
export const modules = {

/***/ 9072:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   readSqlFiles: () => (/* binding */ readSqlFiles)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(452);



/** Longest file, in bytes: its statements are held in memory several times over. */
const longest = 64 * 1024 * 1024;
/**
 * The files of the patterns, each once: patterns in their order, the files of one pattern by name (so that `10_` comes
 * before `20_`, and after `100_`).
 * @throws InputError for a pattern without a file, and for a file that is outside of the work tree, no UTF-8 or too long.
 */
async function readSqlFiles(root, patterns, input = 'seed') {
    const top = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.realpath)(root);
    const files = new Map();
    for (const pattern of patterns) {
        if (node_path__WEBPACK_IMPORTED_MODULE_1__.isAbsolute(pattern) || pattern.split(/[\\/]/).includes('..'))
            throw new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .InputError */ .dz(`Input "${input}" names "${(0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .show */ .WU)(pattern)}", which leads out of the work tree. Write a path below it.`);
        const found = [];
        for await (const name of (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.glob)(pattern, { cwd: top }))
            found.push(name.split(node_path__WEBPACK_IMPORTED_MODULE_1__.sep).join('/'));
        if (found.length === 0)
            throw new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .InputError */ .dz(`Input "${input}" names "${(0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .show */ .WU)(pattern)}", and there is no such file. Check the path and that the job checks the repository out.`);
        for (const name of found.sort())
            if (!files.has(name))
                files.set(name, await readOne(top, name, input));
    }
    return [...files.values()];
}
async function readOne(top, name, input) {
    // A link could lead to any file of the runner.
    const real = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.realpath)(node_path__WEBPACK_IMPORTED_MODULE_1__.join(top, name));
    if (!real.startsWith(top + node_path__WEBPACK_IMPORTED_MODULE_1__.sep))
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .InputError */ .dz(`The file ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .show */ .WU)(name)} of "${input}" is a link that leads out of the work tree. Put the file itself there.`);
    const bytes = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)(real).catch((cause) => {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .InputError */ .dz(`The file ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .show */ .WU)(name)} of "${input}" cannot be read. Name files, not directories.`, { cause });
    });
    if (bytes.length > longest)
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .InputError */ .dz(`The file ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .show */ .WU)(name)} of "${input}" is longer than ${longest / 1024 / 1024} MiB. Split it.`);
    try {
        // A byte order mark at the beginning is taken away.
        return { path: name, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
    }
    catch (cause) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .InputError */ .dz(`The file ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .show */ .WU)(name)} of "${input}" is no UTF-8. Convert it.`, { cause });
    }
}


/***/ })

};
