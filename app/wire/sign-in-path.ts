/** The path of the page, behind its `#`, that says why; a failure follows. */
export const NOT_SIGNED_IN_PATH = '/not-signed-in/';
