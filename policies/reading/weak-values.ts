/** What is wrong with a value, in words that don't hold it. */
export type Weakness = "is a placeholder" | "is a value that anybody would try" | "is too short";

/** Forms that ask to be filled in, whatever field they stand in. */
const FORM = [
    /^<[^<>]*>$/,
    /^\$\{[^{}]*\}$/,
    /^\{\{.*\}\}$/s,
    /change[-_ ]?(?:me|this|it)(?![a-z])/,
    /replace[-_ ]?(?:me|this)(?![a-z])/,
    /\byour[-_ ][a-z0-9-_ ]*(?:key|secret|token|password|here)\b/,
    /^(?:todo|fixme|tbd|xxx+|placeholder|dummy)(?:$|[^a-z0-9])/,
    /placeholder/,
];
/** Only where a secret should stand: an address of example.com is a fine address. */
const GUESSABLE = [
    /example/,
    /^(?:0?123456789?0?|1234567890\d*|abc123|letmein|qwerty\w*|admin\d*|root|test\w{0,4}|guest|default|none|null|n\/?a)$/,
    /^p[a@]ss(?:w(?:or)?d|wort|phrase)?\W?\d{0,4}$/,
    /^secrets?[-_ ]?(?:key)?\d{0,4}$/,
    /^(.)\1*$/s,
    /^(.{2,4})\1{3,}$/s,
];

/** The words of a field's name that say that it holds a secret: `DB_PASSWORD`, `secretKey`, `auth0-client-secret`. */
const SECRET_WORD =
    /^(?:pass(?:word|wd|phrase)?|pwd|secret|secrets|token|key|apikey|hmac|salt|credential|credentials|private|pem|signature)$/;
/** Last words that say the contrary: `access_key_id`, `token_ttl`, `secret_name`, `jwks_public_key`. */
const PLAIN_ENDING =
    /^(?:id|ids|name|names|ttl|url|uri|urls|path|file|days|hours|minutes|seconds|algorithm|alg|type|length|size|count|region|version|user|username|enabled|issuer|audience|host|port|prefix|format|expiry|expires|interval|period|arn|cert|crt|backend|provider|store|engine|mode)$/;

export function isSecretField(field: string): boolean {
    const words = field
        .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
        .toLowerCase()
        .split(/[^a-z0-9]+/)
        .filter((word) => word !== "" && word !== "next" && word !== "previous");
    if (words.includes("public") || PLAIN_ENDING.test(words.at(-1) ?? "")) return false;
    return words.some((word) => SECRET_WORD.test(word));
}

/** The weakness of a value in a field, or undefined where there is nothing to say. */
export function weakness(field: string, value: string, minimumLengthChars: number): Weakness | undefined {
    // Only the first part of a long text: no placeholder is longer, and the expressions stay cheap.
    const text = value
        .slice(0, 512)
        .trim()
        .replace(/^(["'])(.*)\1$/s, "$2")
        .toLowerCase();
    if (FORM.some((form) => form.test(text))) return "is a placeholder";
    const password = /^[a-z][a-z0-9+.-]*:\/\/[^/@:]*:([^/@]+)@/.exec(text)?.[1];
    if (password !== undefined) return weakness("password", password, 0);
    if (!isSecretField(field)) return undefined;
    if (text !== "" && GUESSABLE.some((guess) => guess.test(text)))
        return "is a value that anybody would try";
    return value.length < minimumLengthChars ? "is too short" : undefined;
}

const ASSIGNMENT = /["']?([A-Za-z][\w.-]*)["']?[ \t]*[:=][ \t]*["']?([^\s"',;}]+)/g;
/** Says where the value is, or that there is none: a variable, a template, a path, a switch, a number. */
const NO_VALUE = /^(?:\$|\{\{|[./]|file:|(?:true|false|null|none|~|\d+)$)/i;

/** True for a text, such as a configuration file, that gives a field with a secret's name a value. */
export function assignsSecret(text: string): boolean {
    return [...text.matchAll(ASSIGNMENT)].some(
        ([, field = "", value = ""]) => isSecretField(field) && !NO_VALUE.test(value),
    );
}
