export const id = 708;
export const ids = [708];
export const modules = {

/***/ 1708:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   L: () => (/* binding */ giveKey),
/* harmony export */   maskingKey: () => (/* binding */ maskingKey),
/* harmony export */   maskingOrder: () => (/* binding */ maskingOrder),
/* harmony export */   q: () => (/* binding */ silenceLog)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(452);
/* harmony import */ var _secret_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3251);



const blockBytes = 64;
const shortestKey = 32;
/**
 * From the user's key, or from a random one that nobody ever learns.
 * @throws InputError for a key that is short enough to be guessed.
 */
function maskingKey(given, random) {
    const bytes = given ? Buffer.from(given.reveal(), 'utf8') : Buffer.from(random(shortestKey), 'hex');
    if (bytes.length < shortestKey || new Set(bytes).size < 8) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .InputError */ .dz(`"masking_key" is too weak: it must have at least ${shortestKey} bytes of random text. Make one with "openssl rand -hex 32", or leave it out for a random key per build.`);
    }
    const block = Buffer.alloc(blockBytes);
    (bytes.length > blockBytes ? (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(bytes).digest() : bytes).copy(block);
    const pad = (byte) => new _secret_js__WEBPACK_IMPORTED_MODULE_2__/* .Secret */ .zh(`\\x${Buffer.from(block.map((each) => each ^ byte)).toString('hex')}`);
    return {
        ipad: pad(0x36),
        opad: pad(0x5c),
        check: new _secret_js__WEBPACK_IMPORTED_MODULE_2__/* .Secret */ .zh(`\\x${random(32)}`),
        id: (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHmac)('sha256', bytes).update('db-branch-action key id').digest('hex').slice(0, 16),
        random: given === undefined,
    };
}
function maskingOrder(rules, key) {
    return { rules, hash: hashOf(rules), key };
}
/** Places are where a rule stands in its file, not what it says. */
function hashOf(rules) {
    const plain = JSON.stringify(rules, (name, value) => name === 'place' ? undefined : value instanceof Map ? [...value] : value);
    return (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(plain).digest('hex');
}
/** Until the end of the transaction. DDL and COPY take no parameters, so the key travels as a setting (facts 6.2). */
async function giveKey(sql, key) {
    await sql.query(`SELECT set_config('dbb.ipad', $1, true) IS NULL, set_config('dbb.opad', $2, true) IS NULL, set_config('dbb.check', $3, true) IS NULL`, [key.ipad.reveal(), key.opad.reveal(), key.check.reveal()]);
}
/** Settings by which a server writes statements with their parameters, or values out of failed ones, into its log. */
const quiet = {
    log_statement: 'none',
    log_min_duration_statement: '-1',
    log_min_duration_sample: '-1',
    log_transaction_sample_rate: '0',
    log_parameter_max_length: '0',
    log_parameter_max_length_on_error: '0',
    log_min_messages: 'panic',
    log_min_error_statement: 'panic',
};
/**
 * Keeps the key out of the server's log. Only a superuser can silence a log; for others a log that takes parameters
 * down is a reason to refuse.
 */
async function silenceLog(sql, superuser) {
    if (superuser) {
        const known = await sql.query('SELECT name FROM pg_settings WHERE name = ANY ($1)', [
            Object.keys(quiet),
        ]);
        await sql.query(known.map(({ name }) => `SET ${name} = '${quiet[name]}'`).join('; '));
        return;
    }
    const [log] = await sql.query(`SELECT coalesce(current_setting('log_parameter_max_length', true), '-1') <> '0'
        AND (current_setting('log_statement') = 'all' OR current_setting('log_transaction_sample_rate', true) <> '0'
          OR (SELECT setting::int BETWEEN 0 AND 250 FROM pg_settings WHERE name = 'log_min_duration_statement')) AS speaks`);
    if (log?.speaks) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .RefusedError */ .fk(`Masking the branch refused: the server's log takes down every statement with its values, so the masking key would stand in it. Set log_parameter_max_length = 0 on the server, or use a superuser in "admin_url".`);
    }
}


/***/ })

};
