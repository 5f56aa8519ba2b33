export const id = 607;
export const ids = [607];
export const modules = {

/***/ 8607:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   readPolicyFile: () => (/* binding */ readPolicyFile)
/* harmony export */ });
/* harmony import */ var yaml__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8815);
/* harmony import */ var _domain_policy_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1524);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(452);



/** Longest policy file, in characters. */
const longestFile = 1024 * 1024;
/** How many problems are told at once. */
const mostProblems = 20;
/**
 * Reads a policy file. All problems are told together, each with its line.
 * @throws InputError when there is any: a rule that is half understood would leave something in clear.
 */
function readPolicyFile(name, text) {
    if (text.length > longestFile)
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .InputError */ .dz(`The policy file ${name} is longer than ${longestFile} characters.`);
    const lines = new yaml__WEBPACK_IMPORTED_MODULE_0__/* .LineCounter */ .HN();
    const document = (0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .parseDocument */ .Tp)(text, { lineCounter: lines, version: '1.2', uniqueKeys: true, merge: false });
    const [broken] = [...document.errors, ...document.warnings];
    if (broken)
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .InputError */ .dz(`The policy file ${name} cannot be read: ${broken.message.split('\n')[0]}`);
    const lineOf = (path) => {
        for (let depth = path.length; depth >= 0; depth--) {
            const node = document.getIn(path.slice(0, depth), true);
            if ((0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isNode */ .Ll)(node) && node.range)
                return `line ${lines.linePos(node.range[0]).line}`;
        }
        return 'line 1';
    };
    let aliased = false;
    (0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .visit */ .YR)(document, {
        Alias() {
            aliased = true;
            return yaml__WEBPACK_IMPORTED_MODULE_0__/* .visit */ .YR.BREAK;
        },
    });
    if (aliased)
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .InputError */ .dz(`The policy file ${name} uses an alias (*name), which is not followed. Write the value out.`);
    const { file, problems } = (0,_domain_policy_js__WEBPACK_IMPORTED_MODULE_1__/* .parsePolicy */ .O)(document.toJS(), lineOf);
    if (problems.length === 0)
        return file;
    const more = problems.length > mostProblems ? ` And ${problems.length - mostProblems} more.` : '';
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .InputError */ .dz(`The policy file ${name} is not right. ${problems.slice(0, mostProblems).join(' ')}${more}`);
}


/***/ })

};
