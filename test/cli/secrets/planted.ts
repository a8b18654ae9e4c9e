import { createHash } from "node:crypto";

/** Letters of an alphabet that look drawn and are the same in each run, so that no file holds what a scanner looks for. */
function drawn(seed: string, alphabet: string, lengthChars: number): string {
    let text = "";
    for (let at = 0; text.length < lengthChars; at++)
        for (const byte of createHash("sha256")
            .update(`${seed}${String(at)}`)
            .digest())
            text += alphabet[byte % alphabet.length] ?? "";
    return text.slice(0, lengthChars);
}

const UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const ALNUM = `${UPPER}${UPPER.toLowerCase()}0123456789`;
const HEX = "0123456789abcdef";
const BECH32 = "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L";
const pem = (label: string): string => {
    const edge = (word: string): string => `-----${word} ${label}-----`;
    const lines = Array.from({ length: 12 }, (_, at) => drawn(`pem${String(at)}`, `${ALNUM}+/`, 64));
    return [edge("BEGIN"), ...lines, edge("END")].join("\n");
};

export interface Planted {
    readonly line: string;
    /** The part that nobody may see again. */
    readonly value: string;
}

const one = (value: string, before = "", after = ""): Planted => ({ line: before + value + after, value });

/** Made-up keys of several issuers, by whose they are. */
export const PLANTED: Readonly<Record<string, Planted>> = {
    "an age key": one(`AGE-SECRET-KEY-1${drawn("age", BECH32, 58)}`),
    "the secret half of a pair of AWS": one(
        drawn("aws", ALNUM, 40),
        `aws_access_key_id=AKIA${drawn("id", `${UPPER}234567`, 16)}\naws_secret_access_key="`,
        '"',
    ),
    "a token of GitHub": one(`ghp_${drawn("github", ALNUM, 36)}`, "token: "),
    "a fine-grained token of GitHub": one(
        `github_pat_${drawn("pat", ALNUM, 22)}_${drawn("more", ALNUM, 59)}`,
        "token = '",
        "'",
    ),
    "a token of GitLab": one(`glpat-${drawn("gitlab", ALNUM, 20)}`),
    "an RSA key": one(pem("RSA PRIVATE KEY")),
    "a key in PKCS #8": one(pem("PRIVATE KEY")),
    "a key of OpenSSH": one(pem("OPENSSH PRIVATE KEY")),
    "a short key, as text in JSON": one(
        pem("PRIVATE KEY").split("\n").slice(0, 2).join("\\n"),
        '{"key":"',
        '"}',
    ),
    "a token of Slack": one(`xoxb-${drawn("slack", "123456789", 12)}-${drawn("slack2", ALNUM, 24)}`),
    "a token of npm": one(`npm_${drawn("npm", ALNUM, 36)}`, "//registry.example.com/:_authToken="),
    "a key of Anthropic": one(`sk-ant-api03-${drawn("anthropic", ALNUM, 93)}AA`, "KEY="),
    "a key of SendGrid": one(`SG.${drawn("sg", ALNUM, 22)}.${drawn("sg2", ALNUM, 43)}`),
    "a live key of Stripe": one(`sk_live_${drawn("stripe", ALNUM, 24)}`),
    "a token of Vault": one(`hvs.${drawn("vault", ALNUM, 90)}`),
    "a token of Pulumi": one(`pul-${drawn("pulumi", HEX, 40)}`),
    "a key of Google": one(`AIza${drawn("google", ALNUM, 35)}`),
    "a password in an address": one(drawn("db", ALNUM, 20), "postgres://app:", "@db.example.com:5432/app"),
};
