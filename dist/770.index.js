export const id = 770;
export const ids = [770];
export const modules = {

/***/ 5770:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  openSealed: () => (/* binding */ openSealed),
  seal: () => (/* binding */ seal),
  sealedSink: () => (/* binding */ sealedSink)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
;// CONCATENATED MODULE: ./lib/domain/sealed.js
/** The first characters of every sealed text; the digit is the version of the form, and is authenticated with the rest. */
const sealedPrefix = 'dbb1.';
/** In characters. Far beyond what any URL needs, far below what a job output holds (1 MB). */
const longestSealed = 16_384;
/** What is authenticated beside the URL. No two recipients have the same text. */
function sealedContext({ repository, pullRequest, branch }) {
    return JSON.stringify(['db-branch-action', sealedPrefix, repository, pullRequest, branch]);
}
/** Undefined for anything that is not exactly one. Never throws. */
function readSealedConnection(json) {
    let value;
    try {
        value = JSON.parse(json);
    }
    catch {
        return undefined;
    }
    if (typeof value !== 'object' || value === null)
        return undefined;
    const { url, pooledUrl, host, port, database, username, password } = value;
    const texts = [url, host, database, username, password];
    if (!texts.every((text) => typeof text === 'string'))
        return undefined;
    if (pooledUrl !== undefined && typeof pooledUrl !== 'string')
        return undefined;
    return Number.isSafeInteger(port) ? value : undefined;
}

// EXTERNAL MODULE: ./lib/errors.js
var errors = __webpack_require__(452);
// EXTERNAL MODULE: ./lib/secret.js
var secret = __webpack_require__(3251);
;// CONCATENATED MODULE: ./lib/sinks/sealed.js




/** In bytes. */
const saltLength = 16;
const keyLength = 32;
const nonceLength = 12;
const tagLength = 16;
/** One sentence for every reason: which one it was would help only somebody who tries. */
const refusal = 'Opening "sealed" refused: it was altered, or sealed with another "seal_key", or for another repository, pull request or branch. ' +
    'Hand on the output "sealed_connection_string" of a job of the same run unchanged, with the same "seal_key" and "branch_name".';
/**
 * The URL as a text that may pass through job outputs and logs: only who holds the key can read it, and nobody can alter
 * it. AES-256-GCM under a key of its own, derived by HKDF-SHA-256 (RFC 5869) from `seal_key` and a random salt, so that
 * no two texts share key and nonce. Whom it is for is authenticated with it. base64url, because the runner drops
 * outputs that hold a masked value, and no URL is base64url.
 */
function seal(key, recipient, { connection, salt }) {
    const { url, pooledUrl, host, port, database, username, password } = connection;
    const text = JSON.stringify({
        url: url.reveal(),
        ...(pooledUrl && { pooledUrl: pooledUrl.reveal() }),
        host,
        port,
        database,
        username,
        password: password.reveal(),
    });
    const cipher = (0,external_node_crypto_.createCipheriv)('aes-256-gcm', ...derived(key, salt), { authTagLength: tagLength });
    cipher.setAAD(Buffer.from(sealedContext(recipient)));
    const body = Buffer.concat([cipher.update(text), cipher.final()]);
    return sealedPrefix + Buffer.concat([salt, body, cipher.getAuthTag()]).toString('base64url');
}
/** @throws RefusedError, always the same one, for whatever was not sealed with this key for this recipient. */
function openSealed(key, recipient, sealed) {
    const text = opened(key, recipient, sealed);
    const found = text === undefined ? undefined : readSealedConnection(text);
    if (!found)
        throw new errors/* RefusedError */.fk(refusal);
    const { url, pooledUrl, password, host, port, database, username } = found;
    return {
        url: new secret/* Secret */.zh(url),
        ...(pooledUrl !== undefined && { pooledUrl: new secret/* Secret */.zh(pooledUrl) }),
        password: new secret/* Secret */.zh(password),
        ...{ host, port, database, username },
    };
}
function opened(key, recipient, sealed) {
    if (sealed.length > longestSealed || !sealed.startsWith(sealedPrefix))
        return undefined;
    const body = sealed.slice(sealedPrefix.length);
    const bytes = Buffer.from(body, 'base64url');
    // Decoding skips what is not of the alphabet and the spare bits of the last letter; both would be an alteration.
    if (bytes.toString('base64url') !== body || bytes.length < saltLength + tagLength)
        return undefined;
    const salt = bytes.subarray(0, saltLength);
    const decipher = (0,external_node_crypto_.createDecipheriv)('aes-256-gcm', ...derived(key, salt), { authTagLength: tagLength });
    decipher.setAAD(Buffer.from(sealedContext(recipient)));
    decipher.setAuthTag(bytes.subarray(-tagLength));
    try {
        return Buffer.concat([decipher.update(bytes.subarray(saltLength, -tagLength)), decipher.final()]).toString();
    }
    catch {
        return undefined;
    }
}
function derived(key, salt) {
    const bytes = Buffer.from((0,external_node_crypto_.hkdfSync)('sha256', key.reveal(), salt, `${sealedPrefix} url`, keyLength + nonceLength));
    return [bytes.subarray(0, keyLength), bytes.subarray(keyLength)];
}
/** How often a text that happens to hold a masked value is sealed anew. */
const attempts = 5;
/** The output `sealed_connection_string`. Nothing of it stays behind, so nothing is withdrawn. */
function sealedSink({ key, recipient }, { job, random }) {
    return {
        name: 'sealed output',
        async publish(connection) {
            for (let attempt = 1; attempt <= attempts; attempt++) {
                const text = seal(key, recipient, { connection, salt: Buffer.from(random(saltLength), 'hex') });
                // The runner would drop it from the job outputs. Another salt makes another text.
                if (!job.hides(text))
                    return job.output('sealed_connection_string', text);
            }
            throw new errors/* ForgeError */.Q8('Sealing the URL failed: every sealed text holds a value that the runner masks, and it would drop the output. Look for a secret of few characters and use a longer one.');
        },
    };
}


/***/ })

};
