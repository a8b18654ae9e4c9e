import type { Json } from "../../preview/report/redact";
import type { PropertyChange, Review, StackReview } from "../review";

/** The shape of the output; counted up when a reader of the old shape would misread the new one. */
const VERSION = 1;

/**
 * The whole review, described by `schema.json`. Keys are sorted and nothing depends on time or machine: two outputs
 * diff as texts.
 */
export const json = (review: Review): string =>
    `${JSON.stringify(
        sorted({
            $schema: `urn:strongroom:review:${String(VERSION)}`,
            version: VERSION,
            ...review,
            stacks: review.stacks.map(withoutSecrets),
        }),
        null,
        2,
    )}\n`;

/** As a second line of defence: neither side of what is marked secret, should a review have one. */
const withoutSecrets = (stack: StackReview): StackReview => ({
    ...stack,
    resources: stack.resources.map((resource) => ({
        ...resource,
        properties: resource.properties.map((each): PropertyChange =>
            each.isSecret ? { path: each.path, kind: each.kind, isSecret: true } : each,
        ),
    })),
});

/** What is undefined is left out, as JSON has it. */
function sorted(value: unknown): Json {
    if (Array.isArray(value)) return value.map(sorted);
    if (typeof value !== "object" || value === null) return value as Json;
    const entries = Object.entries(value).filter(([, each]) => each !== undefined);
    return Object.fromEntries(
        entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, each]) => [key, sorted(each)]),
    );
}
