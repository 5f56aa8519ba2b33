export const id = 357;
export const ids = [357];
export const modules = {

/***/ 4357:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   exportedVariables: () => (/* binding */ exportedVariables),
/* harmony export */   postgresVariables: () => (/* binding */ postgresVariables)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(452);

/** Asks for the variables that PostgreSQL's own programs read. */
const postgresVariables = 'PG*';
/**
 * The URL as environment variables of the later steps of this job. The pooled one, where there is one, stands beside it
 * as `<NAME>_POOLED`.
 */
function exportedVariables(names, job) {
    return {
        name: `variables ${names.join(', ')} of the job`,
        async publish(connection) {
            const variables = names.flatMap((name) => variablesFor(name, connection));
            for (const [name, value] of variables)
                job.exportVariable(name, value);
        },
    };
}
function variablesFor(name, connection) {
    if (name === postgresVariables)
        return postgresOf(connection);
    const { url, pooledUrl } = connection;
    return [[name, url.reveal()], ...(pooledUrl ? [[`${name}_POOLED`, pooledUrl.reveal()]] : [])];
}
/** Parameters of a URL that have a variable: https://www.postgresql.org/docs/current/libpq-envars.html */
const parameters = [
    ['sslmode', 'PGSSLMODE'],
    ['channel_binding', 'PGCHANNELBINDING'],
    ['sslrootcert', 'PGSSLROOTCERT'],
    ['options', 'PGOPTIONS'],
];
function postgresOf({ url, host, port, database, username, password }) {
    const { protocol, searchParams } = new URL(url.reveal());
    if (!/^postgres(ql)?:$/.test(protocol)) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ForgeError */ .Q8(`Exporting "PG*" failed: the branch is no PostgreSQL database. Name a variable for the URL in "export_env" instead.`);
    }
    return [
        ['PGHOST', host],
        ['PGPORT', String(port)],
        ['PGDATABASE', database],
        ['PGUSER', username],
        ['PGPASSWORD', password.reveal()],
        ...parameters.flatMap(([parameter, name]) => {
            const value = searchParams.get(parameter);
            return value === null ? [] : [[name, value]];
        }),
    ];
}


/***/ })

};
