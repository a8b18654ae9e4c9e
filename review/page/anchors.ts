import { createHash } from "node:crypto";
import type { ViolationTold } from "../review";

/** The same name for the same thing in each page, so that an address that somebody kept still leads there. */
export const anchorOf = (...parts: readonly string[]): string =>
    `i-${createHash("sha256").update(parts.join("\0")).digest("hex").slice(0, 12)}`;

/** A violation that breaks the verdict; the others advise. */
export const isBlocking = ({ level }: ViolationTold): boolean => level === "mandatory";
