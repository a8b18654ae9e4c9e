import { createDecipheriv, pbkdf2 } from "node:crypto";
import { promisify } from "node:util";

const ITERATIONS = 1_000_000;
const KEY_BYTES = 32;
const TAG_BYTES = 16;
/** What the salt's own ciphertext holds, so that a wrong passphrase is noticed. */
const CHECK = "pulumi";

/** Reads what `pulumi config set --secret` encrypted with a passphrase. */
export class Decrypter {
    readonly #key: Buffer;

    private constructor(key: Buffer) {
        this.#key = key;
    }

    /**
     * @param salt `encryptionsalt` of the stack's file: `v1:<salt>:<ciphertext of a known word>`
     * @returns undefined when the passphrase is not this stack's.
     */
    static async open(passphrase: string, salt: string): Promise<Decrypter | undefined> {
        const [version, saltText = "", ...check] = salt.split(":");
        if (version !== "v1") return undefined;
        const bytes = Buffer.from(saltText, "base64");
        const key = await promisify(pbkdf2)(passphrase, bytes, ITERATIONS, KEY_BYTES, "sha256");
        const decrypter = new Decrypter(key);
        return decrypter.decrypt(check.join(":")) === CHECK ? decrypter : undefined;
    }

    /** @returns undefined for what was not encrypted with this key. */
    decrypt(text: string): string | undefined {
        const [version, nonce = "", sealed = ""] = text.split(":");
        const bytes = Buffer.from(sealed, "base64");
        if (version !== "v1" || bytes.length < TAG_BYTES) return undefined;
        try {
            const cipher = createDecipheriv("aes-256-gcm", this.#key, Buffer.from(nonce, "base64"));
            cipher.setAuthTag(bytes.subarray(-TAG_BYTES));
            return Buffer.concat([cipher.update(bytes.subarray(0, -TAG_BYTES)), cipher.final()]).toString(
                "utf8",
            );
        } catch {
            return undefined;
        }
    }
}
