import type { Review } from "../review";

export type Form = "terminal" | "markdown" | "json" | "sarif" | "junit";

export interface FormOptions {
    readonly color?: boolean;
    readonly columns?: number;
}

const json = (review: Review): string => `${JSON.stringify(review, null, 2)}\n`;

/** Stands in until a review is told in forms. */
export const forms: Readonly<Record<Form, (review: Review, options: FormOptions) => string>> = {
    terminal: json,
    markdown: json,
    json,
    sarif: json,
    junit: json,
};
