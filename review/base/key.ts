import { createHmac, randomBytes, scrypt } from "node:crypto";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";

import { writeOnce, type CacheFolder } from "./folder";

/** Turns content into digests that can be compared and not be found by trying. */
export class DigestKey {
    constructor(readonly bytes: Buffer) {}

    /** 22 characters, which are 128 bits. */
    digest(text: string | Buffer): string {
        return createHmac("sha256", this.bytes)
            .update(text)
            .digest()
            .subarray(0, DIGEST_BYTES)
            .toString("base64url");
    }
}

const DIGEST_BYTES = 16;
const SALT_BYTES = 32;
const KEY_BYTES = 32;

/**
 * The key of a project's digests: made of the passphrase, which is kept nowhere, and of a salt in the cache folder. Without
 * a passphrase nothing was decrypted, and there is nothing to guess.
 *
 * @param folder undefined to keep nothing: the digests of one run are then no other's.
 */
export async function digestKey(
    folder: CacheFolder | undefined,
    passphrase: string | undefined,
): Promise<DigestKey> {
    const salt = folder === undefined ? randomBytes(SALT_BYTES) : saltIn(folder);
    const secret = passphrase ?? "";
    // A guess of the passphrase costs 32 MB and a tenth of a second, beside what Pulumi's own salt in the stack's file asks.
    const cost = { N: secret === "" ? 2 ** 4 : 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 };
    return new DigestKey(await deriveKey(secret, salt, KEY_BYTES, cost));
}

const deriveKey = promisify<string, Buffer, number, object, Buffer>(scrypt);

function saltIn(folder: CacheFolder): Buffer {
    try {
        folder.make();
        const file = folder.path("salt");
        writeOnce(file, randomBytes(SALT_BYTES), 0o600);
        const salt = readFileSync(file);
        if (salt.length === SALT_BYTES) return salt;
    } catch {
        // A folder that can't be written to keeps nothing.
    }
    // Another one is as good, for one run.
    return randomBytes(SALT_BYTES);
}
