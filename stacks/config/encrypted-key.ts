/** The configuration key whose values are secrets, each of them encrypted in the file. */
export const ENCRYPTED_KEY = "strongroom:values";
