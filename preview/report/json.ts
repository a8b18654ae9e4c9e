import type { IsolationFinding } from "../isolation";
import type { Rendering, RenderedResource, Violation } from "../rendering";
import { order } from "../access/estate";
import { Redactor } from "./redact";
import type { Json } from "./redact";
import { accessJson } from "./access-json";
import { summarize } from "./summary";
import type { StackSummary } from "./summary";
import { assess, verdict } from "./verdict";

/** The shape of the output; counted up when a reader of the old shape would misread the new one. */
const VERSION = 2;
const SCHEMA = `urn:strongroom:preview:${VERSION}`;

/**
 * Everything that the preview knows, described by `schema.json`. Secrets are `"[secret]"`, what only a deployment can
 * tell is `"[unknown]"`. Keys are sorted and nothing depends on time or machine: two outputs diff as texts.
 */
export function toJson(renderings: readonly Rendering[], isolation: readonly IsolationFinding[] = []): Json {
    const redactor = new Redactor(renderings);
    return sorted({
        $schema: SCHEMA,
        version: VERSION,
        verdict: verdict(renderings, isolation),
        isolation: isolation.map(({ kind, places, message, fix }) => ({
            kind,
            places: places.map(({ stack, what }) => ({ stack, what: redactor.message(what) })),
            message: redactor.message(message),
            fix,
        })),
        stacks: assess(renderings).map((each) => stackJson(each.rendering, summarize(each), redactor)),
    });
}

function stackJson(rendering: Rendering, summary: StackSummary, redactor: Redactor): Json {
    const { organization, project, stack, complete, opaqueConfigKeys } = rendering;
    return {
        organization,
        project,
        stack,
        complete,
        verdict: summary.verdict,
        counts: {
            resources: summary.resources,
            components: summary.components,
            providers: summary.providers,
            reads: summary.reads,
            byProvider: Object.fromEntries(
                summary.byProvider.map(({ provider, kinds }) => [provider, Object.fromEntries(kinds)]),
            ),
        },
        platforms: summary.platforms.map(({ name, owner, documents, consumers }) => ({
            name,
            owner,
            documents: documents.map(({ name: id, store, path, fields }) => ({
                name: id,
                store,
                path,
                fields: fields.map(({ id: field, ...rest }) => ({ field, ...plain(rest, redactor) })),
            })),
            consumers: consumers.map(({ name: id, serviceAccount, reads }) => ({
                name: id,
                serviceAccount,
                reads,
            })),
        })),
        needsValue: summary.needsValue.map(({ id, command }) => ({ field: id, command })),
        opaqueConfigKeys,
        ...(rendering.rotation === undefined ? {} : { rotation: plain(rendering.rotation, redactor) }),
        access: accessJson(summary.access),
        violations: rendering.violations
            .filter(({ exemption }) => exemption === undefined)
            .sort(byPolicy)
            .map((violation) => violationJson(violation, redactor)),
        exemptions: rendering.violations
            .filter(({ exemption }) => exemption !== undefined)
            .sort(byPolicy)
            .map((violation) => violationJson(violation, redactor)),
        diagnostics: rendering.diagnostics.map(({ message, ...rest }) => ({
            ...rest,
            message: redactor.message(message),
        })),
        outputs: redactor.map(rendering.outputs),
        resources: [...rendering.resources]
            .sort((a, b) => order(a.urn, b.urn))
            .map((resource) => resourceJson(resource, redactor)),
    };
}

function violationJson({ message, description, exemption, ...rest }: Violation, redactor: Redactor): Json {
    return {
        ...rest,
        description: redactor.message(description),
        message: redactor.message(message),
        ...(exemption === undefined
            ? {}
            : {
                  exemption: {
                      owner: redactor.message(exemption.owner),
                      reason: redactor.message(exemption.reason),
                      until: exemption.until,
                  },
              }),
    };
}

const byPolicy = (a: Violation, b: Violation): number =>
    order(a.policy, b.policy) || order(a.urn ?? "", b.urn ?? "") || order(a.message, b.message);

/** A resource as registered; a property that isn't there is left out rather than null. */
function resourceJson(resource: RenderedResource, redactor: Redactor): Json {
    const { urn, type, name, custom, read, parent, provider, dependencies, propertyDependencies } = resource;
    return {
        urn,
        type,
        name,
        custom,
        read,
        ...(parent === undefined ? {} : { parent }),
        ...(provider === undefined ? {} : { provider }),
        inputs: redactor.map(resource.inputs),
        outputs: redactor.map(resource.outputs),
        dependencies,
        propertyDependencies,
        options: plain(resource.options, redactor),
    };
}

/** An object of ours as JSON: only the properties that it has. */
function plain(value: object, redactor: Redactor): { readonly [key: string]: Json } {
    return redactor.map(JSON.parse(JSON.stringify(value)) as Record<string, never>);
}

/** The same value with sorted keys at every depth. */
function sorted(value: Json): Json {
    if (typeof value !== "object" || value === null) return value;
    if (Array.isArray(value)) return (value as readonly Json[]).map(sorted);
    const map = value as { readonly [key: string]: Json };
    return Object.fromEntries(
        Object.keys(map)
            .sort()
            .map((key) => [key, sorted(map[key] ?? null)]),
    );
}
