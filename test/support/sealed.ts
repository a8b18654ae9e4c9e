import { createCipheriv, pbkdf2Sync, randomBytes } from "node:crypto";

/** Adds values to a stack's file, encrypted as Pulumi's passphrase provider does, with a salt of their own. */
export function withSealedValues(
    passphrase: string,
    fields: Readonly<Record<string, string>>,
): (before: string) => string {
    return (before) => {
        const salt = randomBytes(8);
        const key = pbkdf2Sync(passphrase, salt, 1_000_000, 32, "sha256");
        const seal = (text: string): string => {
            const nonce = randomBytes(12);
            const cipher = createCipheriv("aes-256-gcm", key, nonce);
            const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]);
            return `v1:${nonce.toString("base64")}:${sealed.toString("base64")}`;
        };
        const values = Object.entries(fields).map(
            ([field, text]) => `    ${field}: {secure: "${seal(text)}"}\n`,
        );
        const head = `encryptionsalt: v1:${salt.toString("base64")}:${seal("pulumi")}\n`;
        return `${head}${before}  strongroom:values:\n${values.join("")}`;
    };
}

/** The ways in which a value comes out: as it is, cut to a part, escaped, or encoded within a longer text. */
export function forms(value: string): readonly string[] {
    const parts = value.split(/["'\\\n]|[^\x20-\x7e]+/).filter((part) => part.length >= 12);
    const cut = parts.flatMap((part) => [part.slice(0, 12), part.slice(-12)]);
    const base64 = [0, 1, 2].map((offset) => {
        const text = Buffer.from("u".repeat(offset) + value).toString("base64");
        return text.slice(4, 44).replace(/.{0,4}=*$/, "");
    });
    const hex = Buffer.from(value).toString("hex").slice(0, 40);
    return [value, JSON.stringify(value).slice(1, -1), encodeURIComponent(value), hex, ...base64, ...cut];
}
