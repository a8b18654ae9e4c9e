import type { PropertyValue } from "../../engine/values";
import type { RenderedResource } from "../../rendering";
import { opened } from "../../access/estate";
import type { IsolationFinding } from "../types";

/** That a resource has something as its own, or lets somebody in: by a name that is the same wherever it is said. */
export interface Claim {
    readonly kind: Extract<IsolationFinding["kind"], `shared-${string}`>;
    /** `the IAM role` */
    readonly what: string;
    /** With the account, project, server or cluster that it is in. */
    readonly name: string;
    readonly resource: RenderedResource;
}

/** What is claimed, under one name of each kind. A name that is not known claims nothing. */
export class Claims {
    readonly all: Claim[] = [];

    add(
        kind: Claim["kind"],
        what: string,
        resource: RenderedResource,
        ...parts: (string | undefined)[]
    ): void {
        if (parts.some((part) => part === undefined || part === "")) return;
        this.all.push({ kind, what, name: parts.join(" "), resource });
    }
}

/** A known text. Names are looked at though an SDK marks them secret; what is printed goes through the redactor. */
export function textOf(resource: RenderedResource, property: string): string | undefined {
    const value = opened(resource, property);
    return typeof value === "string" && value !== "" ? value : undefined;
}

/** A text or the texts of a list, the unknown ones left out. */
export function textsOf(value: PropertyValue | undefined): readonly string[] {
    const items = Array.isArray(value) ? (value as readonly PropertyValue[]) : [value];
    return items.flatMap((item) => (typeof item === "string" && item !== "" ? [item] : []));
}

/** What a property of a provider holds as a list; the engine hands it over as JSON. */
export function jsonTexts(value: PropertyValue | undefined): readonly string[] {
    if (typeof value !== "string") return textsOf(value);
    const document = jsonOf(value);
    return Array.isArray(document) ? document.filter((item) => typeof item === "string") : [];
}

export function jsonOf(text: string | undefined): unknown {
    try {
        return text === undefined ? undefined : (JSON.parse(text) as unknown);
    } catch {
        return undefined;
    }
}
