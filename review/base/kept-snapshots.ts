import { createHash } from "node:crypto";
import { readFileSync, utimesSync } from "node:fs";
import { deserialize, serialize } from "node:v8";

import type { Snapshot } from "../snapshot";
import { writeWhole, type CacheFolder } from "./folder";
import type { DigestKey } from "./key";

/** Snapshots of so many commits are kept. */
const KEPT = 20;

/** Snapshots of commits, by all that they were made of. A file that is not ours, or not whole, counts as none. */
export class KeptSnapshots {
    constructor(
        readonly folder: CacheFolder,
        readonly key: DigestKey,
    ) {}

    /** @param madeOf the commit, the code, the day and whatever else would make another snapshot. */
    read(madeOf: readonly string[]): Snapshot | undefined {
        try {
            const file = this.#file(madeOf);
            const bytes = readFileSync(file);
            const body = bytes.subarray(SEAL_CHARS);
            if (bytes.toString("latin1", 0, SEAL_CHARS) !== this.key.digest(body)) return undefined;
            const snapshot = deserialize(body) as Snapshot;
            utimesSync(file, new Date(), new Date());
            return snapshot;
        } catch {
            return undefined;
        }
    }

    /** A folder that can't be written to only costs the time. */
    write(madeOf: readonly string[], snapshot: Snapshot): void {
        const body = serialize(snapshot);
        try {
            this.folder.make(FOLDER);
            writeWhole(
                this.#file(madeOf),
                Buffer.concat([Buffer.from(this.key.digest(body), "latin1"), body]),
            );
            this.folder.keepNewest(FOLDER, KEPT);
        } catch (error) {
            if ((error as NodeJS.ErrnoException).code === undefined) throw error;
        }
    }

    /** The key is part of the name, since digests of another key can't be compared with those of this one. */
    #file(madeOf: readonly string[]): string {
        const text = JSON.stringify([...madeOf, this.key.digest("name")]);
        return this.folder.path(
            FOLDER,
            `${createHash("sha256").update(text).digest("hex").slice(0, 40)}.bin`,
        );
    }
}

const FOLDER = "snapshots";
/** Of a keyed digest before the content. */
const SEAL_CHARS = 22;
