import { createHash } from "node:crypto";

import type { IsolationFinding } from "../../preview/isolation";
import type { RenderedResource, Rendering, Violation } from "../../preview/rendering";
import { assess, Redactor } from "../../preview/report";
import { summarize, type PlatformSummary } from "../../preview/report/summary";
import type { Assessed } from "../../preview/report/verdict";
import type { Snapshot, SnapshotResource, StackSnapshot } from "../snapshot";
import type { DigestKey } from "./key";
import { Marker } from "./marks";
import { plainMatrices } from "./snapshot-access";

/**
 * What a comparison needs of renderings, as plain data without a value: each secret is a digest, and known secrets are
 * taken out of what is said. Who may do what is evaluated here, once.
 */
export function snapshotOf(
    renderings: readonly Rendering[],
    isolation: readonly IsolationFinding[],
    key: DigestKey,
): Snapshot {
    const redactor = new Redactor(renderings);
    const marker = new Marker(key, redactor);
    const told = (text: string): string => redactor.message(text);
    const assessed = assess(renderings);
    const matrices = plainMatrices(
        assessed.map(({ access }) => access),
        told,
    );
    return {
        stacks: assessed.map((each, at) => ({
            ...stackOf(each, marker, told),
            access: matrices[at] ?? each.access,
        })),
        isolation: isolation.map(({ kind, places, message, fix }) => ({
            kind,
            places: places.map(({ stack, what }) => ({ stack, what: told(what) })),
            message: told(message),
            fix: told(fix),
        })),
    };
}

function stackOf(
    assessed: Assessed,
    marker: Marker,
    told: (text: string) => string,
): Omit<StackSnapshot, "access"> {
    const { rendering, access } = assessed;
    const { stack, project, complete, outputs, diagnostics, ciphertexts = {}, rotation } = rendering;
    return {
        stack,
        project,
        environment: access.environment,
        complete,
        resources: rendering.resources.map((each) => resourceOf(each, marker)),
        outputs: marker.map(outputs),
        platforms: marker.plain<readonly PlatformSummary[]>(summarize(assessed).platforms),
        violations: rendering.violations.map((each) => violationOf(each, told)),
        diagnostics: diagnostics.map((each) => ({ ...each, message: told(each.message) })),
        encrypted: Object.fromEntries(
            Object.entries(ciphertexts).map(([path, text]) => [path, digestOfCiphertext(text)]),
        ),
        ...(rotation === undefined ? {} : { rotation }),
    };
}

function resourceOf(resource: RenderedResource, marker: Marker): SnapshotResource {
    const { urn, type, name, custom, read, parent, provider, inputs, options, dependencies } = resource;
    return {
        urn,
        type,
        name,
        custom,
        read,
        ...(parent === undefined ? {} : { parent }),
        ...(provider === undefined ? {} : { provider }),
        inputs: marker.map(inputs),
        options: marker.plain(options),
        dependencies: [...dependencies],
    };
}

function violationOf(violation: Violation, told: (text: string) => string): Violation {
    const { exemption } = violation;
    return {
        ...violation,
        message: told(violation.message),
        ...(exemption === undefined ? {} : { exemption: { ...exemption, reason: told(exemption.reason) } }),
    };
}

/** What Git has is no secret; in a review a digest is shorter. */
const digestOfCiphertext = (text: string): string =>
    createHash("sha256").update(text).digest("hex").slice(0, 32);
