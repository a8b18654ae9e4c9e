import type { GeneratedForm } from "./catalogue";

/**
 * What is wrong with the form of a value that the stack would draw and that somebody has drawn by hand, as the end of a
 * sentence ("its value …"). Longer than asked for is fine, but for keys of a fixed size. Never quotes the value.
 */
export function formFault(value: string, form: GeneratedForm): string | undefined {
    switch (form.form) {
        case "password":
            return value.length >= form.lengthChars
                ? undefined
                : `is shorter than ${form.lengthChars} characters`;
        case "hex":
            if (!/^[0-9a-f]*$/i.test(value)) return "is not hexadecimal";
            return value.length >= 2 * form.bytes
                ? undefined
                : `has fewer than ${2 * form.bytes} hexadecimal digits, which are ${form.bytes} bytes`;
        case "base64":
            if (!/^[A-Za-z0-9+/]+={0,2}$/.test(value) || value.length % 4 !== 0) return "is no base64";
            return tooFewBytes(value, form.bytes);
        case "base64url":
            if (!/^[A-Za-z0-9_-]+={0,2}$/.test(value)) return "is no base64 of the kind that URLs take";
            return tooFewBytes(value, form.bytes);
        case "fernet":
            // Fernet's specification: 32 bytes in URL-safe base64, which are 43 characters and a padding.
            return /^[A-Za-z0-9_-]{43}=$/.test(value)
                ? undefined
                : "is no key of Fernet: 32 bytes in URL-safe base64, 44 characters of which the last is '='";
        case "uuid":
            return /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i.test(value)
                ? undefined
                : "is no UUID of version 4";
    }
}

function tooFewBytes(value: string, bytes: number): string | undefined {
    return Buffer.from(value, "base64").length >= bytes ? undefined : `decodes to fewer than ${bytes} bytes`;
}
