import type { Review } from "../review";
import { markdown } from "./markdown";
import type { FormOptions } from "./options";
import { terminal } from "./terminal";

export type { FormOptions, RuleTold } from "./options";
export type Form = "terminal" | "markdown" | "json" | "sarif" | "junit";

const json = (review: Review): string => `${JSON.stringify(review, null, 2)}\n`;

/** A review as text, for people and for programs. */
export const forms: Readonly<Record<Form, (review: Review, options: FormOptions) => string>> = {
    terminal,
    markdown,
    json,
    sarif: json,
    junit: json,
};
