export const id = 507;
export const ids = [507];
export const modules = {

/***/ 9507:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   urlMark: () => (/* binding */ urlMark)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);

/**
 * Tells whether a place holds a URL already, where the place does not show what it holds: HMAC-SHA-256 under a key that
 * is derived from `seal_key` and never leaves the run. It tells two URLs apart and nothing about them, and may therefore
 * stand where others can read it. Bound to the place, so that nobody learns which places hold the same URL.
 */
function urlMark(sealKey) {
    const key = Buffer.from((0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.hkdfSync)('sha256', sealKey.reveal(), '', 'db-branch-action url mark 1', 32));
    return (url, place) => (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHmac)('sha256', key)
        .update(JSON.stringify([place, url.reveal()]))
        .digest('hex')
        .slice(0, 32);
}


/***/ })

};
