/** The nonce that the page was given for <style> elements (the build's meta element); browsers hide the attribute from everything but this property. */
export const styleNonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';

// read by the scroll lock of dialogs (react-remove-scroll, through get-nonce)
Reflect.set(globalThis, '__webpack_nonce__', styleNonce);
