import { suggest } from "./problems";
import type { Problem } from "./problems";
import type { Document, Field, Platform } from "./catalogue";

/** What is wrong with what a field tells the person who replaces it by hand. */
export function hintProblems(
    place: string,
    platform: Platform,
    document: Document,
    field: Field,
): readonly Problem[] {
    const problems: Problem[] = [];
    const expect = (
        name: string | undefined,
        known: Readonly<Record<string, unknown>>,
        what: string,
    ): void => {
        if (name === undefined || name in known) return;
        const fix = suggest(name, Object.keys(known));
        problems.push({
            place,
            message: `it is also set elsewhere by the ${what} '${name}', and there is none`,
            fix,
        });
    };
    if (field.kind === "generated" && field.alsoSet !== undefined) {
        const { alsoSet } = field;
        if (alsoSet.in === "postgresql" || alsoSet.in === "redis")
            expect(alsoSet.host, platform.config, "configuration value");
        if (alsoSet.in === "postgresql") expect(alsoSet.server, platform.consumers, "consumer");
        if (alsoSet.in === "minio") {
            expect(alsoSet.id, document.fields, "field");
            expect(alsoSet.secret, document.fields, "field");
        }
    }
    if (
        field.kind === "external" &&
        field.issuerUrl !== undefined &&
        !/^https:\/\/[^\s<>()]+$/.test(field.issuerUrl)
    ) {
        const message = "the page of its issuer is no address";
        problems.push({ place, message, fix: "Write it as 'https://…'" });
    }
    return problems;
}
