import type { Review } from "../review";
import { json } from "./json";
import { junit } from "./junit";
import { markdown } from "./markdown";
import type { FormOptions } from "./options";
import { sarif } from "./sarif";
import { terminal } from "./terminal";

export { headline } from "./headline";
export { STICKY_MARKER } from "./markdown";
export type { FormOptions, RuleTold } from "./options";

export type Form = "terminal" | "markdown" | "json" | "sarif" | "junit";

/** Ways to tell a review: each is a pure function of it, and each ends with a line end. */
export const forms: Readonly<Record<Form, (review: Review, options: FormOptions) => string>> = {
    terminal,
    markdown,
    json,
    sarif,
    junit,
};
