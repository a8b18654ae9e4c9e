import { drawn } from "../support";
import type { CheckedAs } from "../support";

export interface Case {
    readonly title: string;
    readonly platform: string;
    /** Put first, so that each has the line of its place. */
    readonly set: Readonly<Record<string, string | undefined>>;
    /** In dev, then in prod, where something real is at stake. */
    readonly dev: readonly string[];
    readonly prod: readonly string[];
    readonly as?: CheckedAs;
}

export const both = (...faults: readonly string[]) => ({ dev: faults, prod: faults });
export const fileIs = (file: NonNullable<CheckedAs["files"]>[string]): CheckedAs => ({
    files: { "/f": file },
});

export const HEX = drawn("a case").toString("hex");
